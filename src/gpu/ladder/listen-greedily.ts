/**
 * Owns: one stretch of units heard greedily, one history alone, and its phones spelled by the language model itself, a few
 * words at a time: what the model hears without a dictionary. The reference implementation spells a whole stretch at once.
 */
import { isSpeechPhone } from '../../speech/2-phones/inventory'
import { SILENCE, type Phone, type Unit } from '../../speech/3-units/vocabulary'
import { drawAll, STEPS_PER_RUN } from '../lm-engine'
import {
  placePhones,
  type HeardNews,
  type HeardPhone,
  type HeardStretch,
  type HeardWord,
  type ToSeconds,
} from './heard'
import type { Ladder } from './load'
import { alignWords, groupByWord } from './words'

/** As many as it learnt to spell without a sentence around them; of more it repeats some. */
const WORDS_AT_ONCE = 3

/** So many words of a few may be spelled as two each: "a lot". More of them are repetitions. */
const SPELLED_AS_TWO = 1

export async function* listenGreedily(
  ladder: Ladder,
  units: readonly Unit[],
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, HeardStretch> {
  const phones = yield* hearPhones(ladder, units, toSeconds)
  return { phones, words: await spellWords(ladder, phones), readings: [] }
}

/** Phones alone, each as soon as it is said. */
export async function* hearPhones(
  ladder: Ladder,
  units: readonly Unit[],
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, HeardPhone[]> {
  const { vocabulary, manifest } = ladder
  const phones: HeardPhone[] = []
  const batch = await ladder.lm.start([{ plan: { task: 'listen', units }, voice: noVoice(ladder) }])
  try {
    while (!batch.done) {
      const [drawn] = await batch.run(STEPS_PER_RUN)
      const said = drawn.flatMap(({ id, time, probability }) =>
        vocabulary.isPhone(id) ? [{ phone: vocabulary.idToPhone(id), frames: time, probability }] : [],
      )
      const news = placePhones(
        said,
        manifest.delayFrames,
        phones.at(-1)?.endSeconds ?? toSeconds(0),
        toSeconds,
      )
      phones.push(...news)
      yield { phones: news, frames: drawn.at(-1)?.time ?? units.length }
    }
  } finally {
    batch.dispose()
  }
  return phones
}

/** A few words at a time; those among which the model repeats itself are spelled again, each alone. */
async function spellWords(ladder: Ladder, phones: readonly HeardPhone[]): Promise<HeardWord[]> {
  const phrases = toPhrases(phones, WORDS_AT_ONCE)
  const spelled = await spell(ladder, phrases)
  const words: HeardWord[] = []
  for (const [i, phrase] of phrases.entries()) {
    const together = alignWords(spelled[i], phrase)
    const most = groupByWord(phrase).length + SPELLED_AS_TWO
    words.push(...(together.length > most ? await spellEach(ladder, phrase) : together))
  }
  return words
}

/** Of what the model makes of a word alone, the first word: after a short one it may go on for ever. */
async function spellEach(ladder: Ladder, phones: readonly HeardPhone[]): Promise<HeardWord[]> {
  const alone = toPhrases(phones, 1)
  const spelled = await spell(ladder, alone)
  return alone.flatMap((word, i) => alignWords(spelled[i].trimStart().split(' ')[0], word))
}

/** Runs of so many whole words, with the marks and spaces after them. */
function toPhrases(phones: readonly HeardPhone[], wordsAtOnce: number): HeardPhone[][] {
  const begins = groupByWord(phones).flatMap(([first], i) =>
    i % wordsAtOnce === 0 ? [phones.indexOf(first)] : [],
  )
  return begins.map((from, i) => phones.slice(from, begins[i + 1]))
}

/** @returns the letters of each phrase, spelled side by side */
async function spell(ladder: Ladder, phrases: readonly (readonly HeardPhone[])[]): Promise<string[]> {
  const { letterRange, idToLetter } = ladder.vocabulary
  const asked = phrases.map((phrase) => endPhrase(phrase.map(({ phone }) => phone)))
  const specs = asked.map(({ phones }) => ({
    plan: { task: 'spell', phones } as const,
    voice: noVoice(ladder),
  }))
  const drawn = await drawAll(ladder.lm, specs)
  return drawn.map((tokens, i) => {
    const letters = tokens
      .filter(({ id }) => id >= letterRange[0] && id < letterRange[1])
      .map(({ id }) => idToLetter(id))
      .join('')
    return asked[i].isOpen ? letters.replace(/\.$/, '') : letters
  })
}

/** The model spells until a mark: a phrase without one ends in a full stop that nobody heard. */
function endPhrase(phones: readonly Phone[]): {
  readonly phones: readonly Phone[]
  readonly isOpen: boolean
} {
  const end = phones.findLastIndex(isSpeechPhone) + 1
  const isOpen = phones.slice(end).every((phone) => phone === ' ' || phone === SILENCE)
  return isOpen ? { phones: [...phones.slice(0, end), '.'], isOpen } : { phones, isOpen }
}

const noVoice = (ladder: Ladder): Float32Array => new Float32Array(ladder.manifest.voiceDim)
