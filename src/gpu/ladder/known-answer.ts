/**
 * Owns: the known-answer test: a stored utterance drawn greedily must give the stored tokens, with the stored
 * probabilities. An engine that computes wrong numbers shows here before anybody hears it. Models of somebody else bring
 * their own answer in their manifest.
 */
import * as v from 'valibot'
import { GREEDY } from '../../speech/3-units/sampling'
import type { Unit } from '../../speech/3-units/vocabulary'
import { drawAll, type EngineName, type StreamSpec } from '../lm-engine'
import type { Ladder } from './load'
import stored from './known-answer.json'
import { chooseVoice } from './voice'

export interface KnownAnswerResult {
  readonly engine: EngineName
  readonly passed: boolean
  readonly tokens: number
  readonly tokensRight: number
  /** Largest difference of a probability. */
  readonly largestError: number
}

/**
 * The answer was stored by the reference engine with the int8 weights that every engine shares, so only rounding may
 * differ: float32 sums of 320 terms move a probability by less than 1e-4. A wrong kernel moves it by far more.
 */
export const PROBABILITY_TOLERANCE = 0.005

const published = v.parse(
  v.object({
    phones: v.array(v.string()),
    voice: v.string(),
    answer: v.array(v.object({ id: v.number(), probability: v.number() })),
  }),
  stored,
)

const knownAnswerOf = ({ manifest }: Pick<Ladder, 'manifest'>) => manifest.knownAnswer ?? published

/** The stored utterance, to be drawn greedily. */
export function knownStream(ladder: Pick<Ladder, 'manifest'>): StreamSpec {
  const { phones, voice } = knownAnswerOf(ladder)
  const plan = { task: 'speak', phones, sampling: GREEDY, seed: 0, take: 0 } as const
  return { plan, voice: chooseVoice(ladder, { name: voice }) }
}

/** The stored utterance as it was drawn: something to be vocoded and heard. */
export function knownUnits(ladder: Pick<Ladder, 'manifest' | 'vocabulary'>): Unit[] {
  const { vocabulary } = ladder
  const ids = knownAnswerOf(ladder).answer.map(({ id }) => id)
  return ids.filter((id) => vocabulary.isUnit(id)).map((id) => vocabulary.idToUnit(id))
}

export async function answerKnown(ladder: Pick<Ladder, 'lm' | 'manifest'>): Promise<KnownAnswerResult> {
  const { answer } = knownAnswerOf(ladder)
  const [drawn] = await drawAll(ladder.lm, [knownStream(ladder)])
  const tokensRight = answer.filter(({ id }, i) => drawn[i]?.id === id).length
  const errors = answer.map(({ probability }, i) => Math.abs((drawn[i]?.probability ?? 0) - probability))
  const largestError = Math.max(...errors)
  const passed =
    tokensRight === answer.length && drawn.length === answer.length && largestError <= PROBABILITY_TOLERANCE
  return { engine: ladder.lm.name, passed, tokens: answer.length, tokensRight, largestError }
}
