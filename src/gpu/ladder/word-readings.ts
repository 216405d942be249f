/**
 * Owns: the ways to say one word: what the lexicon has, what a sentence may make of it, and what the language model thinks
 * likely, each with the model's own probability. A beam over its `say as` rows; whatever is no speech sound ends a word.
 */
import { isSpeechPhone } from '../../speech/2-phones/inventory'
import { VERB_READINGS, WEAK_FORMS } from '../../speech/2-phones/readings'
import { wordToPhones } from '../../speech/2-phones/word-phones'
import { planToRule } from '../../speech/3-units/streams'
import { logAdd, logSumExp } from '../../speech/3-units/streams/rule'
import type { Phone, TokenId } from '../../speech/3-units/vocabulary'
import type { LmCursor, StreamId } from '../lm-engine'
import type { Ladder } from './load'

export interface WordReading {
  readonly phones: readonly Phone[]
  readonly origin: 'lexicon' | 'model'
  /** That the model says the word so, reading its letters alone. */
  readonly probability: number
}

type ReadingPorts = Pick<Ladder, 'lm' | 'vocabulary' | 'lexicon' | 'manifest'>

const BEAM = 6
/** Less likely readings of the model's are noise. */
const LEAST_PROBABILITY = 0.005
const MOST_PHONES = 40

interface Hypothesis {
  readonly stream: StreamId
  readonly phones: readonly Phone[]
  readonly probability: number
  readonly logits: Float32Array
}

/** The likeliest first. @param word in small letters */
export async function readWord(ports: ReadingPorts, word: string): Promise<WordReading[]> {
  const known = knownReadings(ports, word)
  const rule = planToRule({ task: 'say-as', letters: `${word}.` }, ports.vocabulary)
  const cursor = ports.lm.openCursor()
  try {
    const stream = cursor.open(new Float32Array(ports.manifest.voiceDim))
    const [logits] = await cursor.feed([{ stream, tokens: rule.prefix }])
    const start: Hypothesis = { stream, phones: [], probability: 1, logits }
    const search = createSearch(ports, cursor, rule.prefix.length)
    const readings: WordReading[] = []
    for (const phones of known)
      readings.push({ phones, origin: 'lexicon', probability: await search.probabilityOf(start, phones) })
    const isKnown = new Set(known.map((phones) => phones.join(' ')))
    for (const { phones, probability } of await search.likeliest(start)) {
      if (probability < LEAST_PROBABILITY || isKnown.has(phones.join(' '))) continue
      readings.push({ phones, origin: 'model', probability })
    }
    return readings.toSorted((a, b) => b.probability - a.probability)
  } finally {
    cursor.dispose()
  }
}

function knownReadings({ lexicon }: ReadingPorts, word: string): (readonly Phone[])[] {
  const forms = [
    ...lexicon.forms(word),
    wordToPhones(word, undefined, lexicon.lookup),
    WEAK_FORMS.get(word),
    VERB_READINGS.get(word),
  ].filter((phones) => phones !== undefined)
  return [...new Map(forms.map((phones) => [phones.join(' '), phones])).values()]
}

function createSearch({ vocabulary }: ReadingPorts, cursor: LmCursor, prefixLength: number) {
  const [firstPhone, endPhone] = vocabulary.phoneRange
  const speechIds = Array.from({ length: endPhone - firstPhone }, (_, i) => firstPhone + i).filter((id) =>
    isSpeechPhone(vocabulary.idToPhone(id)),
  )

  function chances(logits: Float32Array): (id: TokenId) => number {
    const phones = logSumExp(logits, vocabulary.phoneRange)
    const eos = logits[vocabulary.eos]
    const total = logAdd(phones, eos)
    return (id) => Math.exp(logits[id] - total)
  }

  const endChance = (logits: Float32Array): number => {
    const chance = chances(logits)
    return Math.max(0, 1 - speechIds.reduce((sum, id) => sum + chance(id), 0))
  }

  const place = (id: TokenId, phones: number) => {
    const position = prefixLength + phones
    return { id, time: position, phone: position }
  }

  async function probabilityOf(start: Hypothesis, phones: readonly Phone[]): Promise<number> {
    const stream = cursor.branch(start.stream)
    let { logits, probability } = start
    for (const [i, phone] of phones.entries()) {
      const id = vocabulary.phoneToId(phone)
      probability *= chances(logits)(id)
      logits = (await cursor.feed([{ stream, tokens: [place(id, i)] }]))[0]
    }
    cursor.close(stream)
    return probability * endChance(logits)
  }

  async function likeliest(start: Hypothesis): Promise<Pick<Hypothesis, 'phones' | 'probability'>[]> {
    let open = [start]
    let ended: Pick<Hypothesis, 'phones' | 'probability'>[] = []
    for (let length = 0; open.length > 0 && length < MOST_PHONES; length++) {
      for (const { phones, probability, logits } of open) {
        if (length > 0) ended.push({ phones, probability: probability * endChance(logits) })
      }
      ended = ended.toSorted((a, b) => b.probability - a.probability).slice(0, BEAM)
      const worst = ended.length === BEAM ? ended[BEAM - 1].probability : 0
      const next = open
        .flatMap((from) => {
          const chance = chances(from.logits)
          return speechIds.map((id) => ({ from, id, probability: from.probability * chance(id) }))
        })
        .filter(({ probability }) => probability > worst && probability >= LEAST_PROBABILITY)
        .toSorted((a, b) => b.probability - a.probability)
        .slice(0, BEAM)
      const streams = next.map(({ from }) => cursor.branch(from.stream))
      for (const { stream } of open) if (stream !== start.stream) cursor.close(stream)
      if (next.length === 0) break
      const rows = await cursor.feed(
        next.map(({ id }, i) => ({ stream: streams[i], tokens: [place(id, length)] })),
      )
      open = next.map(({ from, id, probability }, i) => ({
        stream: streams[i],
        phones: [...from.phones, vocabulary.idToPhone(id)],
        probability,
        logits: rows[i],
      }))
    }
    return ended
  }

  return { probabilityOf, likeliest }
}
