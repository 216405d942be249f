/**
 * Owns: letters to phones: text normalised, cut into utterances, words looked up, and the language model asked to say
 * the words that the lexicon lacks. The result is what will be spoken, before anything is drawn.
 */
import { normaliseText } from '../../speech/1-letters/normalise'
import { splitUtterances } from '../../speech/1-letters/utterances'
import type { HeldFrames } from '../../speech/3-units/streams/speak'
import { isSpeechPhone } from '../../speech/2-phones/inventory'
import {
  planPhones,
  unknownWords,
  type PlannedWord,
  type Pronunciations,
} from '../../speech/2-phones/plan-phones'
import { withSilences } from '../../speech/3-units/streams/speak'
import type { Phone } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import { drawAll } from '../lm-engine'
import type { Ladder } from './load'

/** Characters; about an hour and a half of speech. */
export const MAX_TEXT_LENGTH = 100_000

/** Words that the model is asked about in one batch. */
const SAY_AS_BATCH = 16

export interface SpokenPlan {
  /** Each utterance's phones, with the silences at both ends. */
  readonly utterances: readonly (readonly Phone[])[]
  /** For each utterance, where a person decided how long phones are; silences included. */
  readonly held?: readonly HeldFrames[]
  /** Word ranges count phones over all utterances in a row. */
  readonly words: readonly PlannedWord[]
  /** Signs that could not be read aloud, each once. */
  readonly skipped: readonly string[]
}

/** The plan's words as they are spoken, numbers and signs read aloud. */
export const planToText = ({ words }: SpokenPlan): string => words.map(({ word }) => word).join(' ')

/**
 * @param typed words as a person wants them said, in small letters
 * @param pause awaited after every batch of words that the model is asked about; what it throws stops the planning
 * @throws ConvergeError `text-empty`, `text-too-long`, `text-unreadable` or `phones-invalid`
 */
export async function textToPlan(
  ladder: Ladder,
  text: string,
  typed: Pronunciations = new Map(),
  pause: () => Promise<void> = async () => undefined,
): Promise<SpokenPlan> {
  for (const phones of typed.values()) checkPronunciation(ladder, phones)
  if (text.trim() === '')
    throw new ConvergeError('text-empty', 'There is no text to speak yet. Type a sentence first.')
  if (text.length > MAX_TEXT_LENGTH) {
    throw new ConvergeError(
      'text-too-long',
      `This text has ${text.length} characters; at most ${MAX_TEXT_LENGTH} can be spoken at once. Speak it in parts.`,
      { wanted: MAX_TEXT_LENGTH, found: text.length },
    )
  }
  const { tokens, skipped } = normaliseText(text, (word) => ladder.lexicon.has(word))
  if (!tokens.some(({ kind }) => kind !== 'mark')) {
    throw new ConvergeError(
      'text-unreadable',
      `Nothing here can be read aloud in English: ${skipped.slice(0, 20).join(' ')}`,
      { skipped: skipped.length },
    )
  }
  const sayAs = await sayUnknownWords(ladder, unknownWords(tokens, ladder.lexicon, typed), pause)
  const utterances: (readonly Phone[])[] = []
  const words: PlannedWord[] = []
  let phonesSoFar = 0
  for (const utterance of splitUtterances(tokens)) {
    const plan = planPhones(utterance, ladder.lexicon, sayAs, typed)
    const phones = withSilences(plan.phones)
    for (const word of plan.words) {
      words.push({
        ...word,
        firstPhone: word.firstPhone + phonesSoFar + 1,
        endPhone: word.endPhone + phonesSoFar + 1,
      })
    }
    utterances.push(phones)
    phonesSoFar += phones.length
  }
  return { utterances, words, skipped }
}

function checkPronunciation({ vocabulary }: Ladder, phones: readonly Phone[]): void {
  phones.forEach(vocabulary.phoneToId)
  if (phones.length > 0 && phones.every(isSpeechPhone)) return
  throw new ConvergeError('phones-invalid', 'A pronunciation is one phone or more, without marks.', {
    found: phones.join(' '),
  })
}

async function sayUnknownWords(
  ladder: Ladder,
  words: readonly string[],
  pause: () => Promise<void>,
): Promise<ReadonlyMap<string, readonly Phone[]>> {
  const voice = new Float32Array(ladder.manifest.voiceDim)
  const { vocabulary } = ladder
  const said = new Map<string, readonly Phone[]>()
  for (let first = 0; first < words.length; first += SAY_AS_BATCH) {
    const batch = words.slice(first, first + SAY_AS_BATCH)
    // The rows it learned from end in a full stop, as a whole sentence does.
    const streams = batch.map((word) => ({ plan: { task: 'say-as', letters: `${word}.` } as const, voice }))
    const drawn = await drawAll(ladder.lm, streams)
    batch.forEach((word, i) => {
      const phones = drawn[i]
        .filter(({ id }) => vocabulary.isPhone(id))
        .map(({ id }) => vocabulary.idToPhone(id))
      said.set(
        word,
        phones.filter((phone) => /^[A-Z]/.test(phone)),
      )
    })
    await pause()
  }
  return said
}
