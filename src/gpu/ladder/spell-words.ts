/**
 * Owns: spelling of words that the lexicon lacks, by the language model's `spell` rows: it is given the phones of the whole
 * sentence and the letters of the words before, and spells on until the word ends. A word alone would run away; in its
 * sentence it ends where the next begins, and its length is bounded by its phones.
 */
import type { ReadWord } from '../../speech/3-units/search/readings'
import { argmax } from '../../speech/3-units/streams/rule'
import type { Phone, TokenId } from '../../speech/3-units/vocabulary'
import type { LmCursor, StreamId } from '../lm-engine'
import type { Ladder } from './load'

/** Letters for each phone, and a few more. */
const LETTERS_PER_PHONE = 2
const SPARE_LETTERS = 3

/** @returns the words in order, spelled where `word` is undefined; where the model spells nothing, its phones as letters */
export async function spellWords(
  ladder: Ladder,
  phones: readonly Phone[],
  words: readonly ReadWord[],
): Promise<string[]> {
  if (words.every(({ word }) => word !== undefined)) return words.map(({ word }) => word ?? '')
  const { vocabulary } = ladder
  const cursor = ladder.lm.openCursor()
  try {
    const stream = cursor.open(new Float32Array(ladder.manifest.voiceDim))
    const prefix = [vocabulary.pad, vocabulary.spell, ...phones.map(vocabulary.phoneToId), vocabulary.go]
    let logits = await feed(cursor, stream, prefix)
    const spelled: string[] = []
    for (const { word, firstSound, endSound } of words) {
      const known = word === undefined ? undefined : lettersToIds(ladder, `${word} `)
      if (known) {
        logits = await feed(cursor, stream, known)
        spelled.push(word ?? '')
        continue
      }
      const ids: TokenId[] = []
      const most = LETTERS_PER_PHONE * (endSound - firstSound) + SPARE_LETTERS
      while (ids.length < most) {
        const id = argmax(logits, vocabulary.letterRange)
        if (logits[vocabulary.eos] > logits[id] || !/[a-z']/.test(vocabulary.idToLetter(id))) break
        ids.push(id)
        logits = await feed(cursor, stream, [id])
      }
      const letters = ids.map((id) => vocabulary.idToLetter(id)).join('')
      spelled.push(letters === '' ? phonesToLetters(phones.slice(firstSound, endSound)) : letters)
      logits = await feed(cursor, stream, lettersToIds(ladder, ' '))
    }
    return spelled
  } finally {
    cursor.dispose()
  }
}

async function feed(cursor: LmCursor, stream: StreamId, ids: readonly TokenId[]): Promise<Float32Array> {
  const before = cursor.length(stream)
  const tokens = ids.map((id, i) => ({ id, time: before + i, phone: before + i }))
  const [logits] = await cursor.feed([{ stream, tokens }])
  return logits
}

const lettersToIds = ({ vocabulary }: Ladder, letters: string): TokenId[] =>
  letters.split('').flatMap((letter) => vocabulary.letterToId(letter) ?? [])

const phonesToLetters = (phones: readonly Phone[]): string =>
  phones.map((phone) => phone.replace(/[^A-Z]/g, '').toLowerCase()).join('')
