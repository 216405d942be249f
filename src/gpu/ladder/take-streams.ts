/**
 * Owns: the way between a take and the language model's streams: one stream for each utterance of a plan, with the noise
 * that `speak` gives it.
 */
import type { SpeakPlan } from '../../speech/3-units/streams/speak'
import type { Phone, TokenId } from '../../speech/3-units/vocabulary'
import type { HeldFrames } from '../../speech/2-phones/held'
import type { StreamPlan } from '../../speech/3-units/streams'
import { takeToTokens, type TakeTokens } from '../../speech/takes/take'
import type { Ladder } from './load'
import type { SpokenPlan } from './plan'
import type { SpeakOptions } from './speak'

/** A stream that was drawn, or is being drawn: its plan and what it said so far, <eos> included. */
export interface StreamHistory {
  readonly plan: StreamPlan
  readonly voice: Float32Array
  readonly tokens: readonly TokenId[]
}

/** @param phones with the silences at both ends */
export function utteranceToPlan(
  phones: readonly Phone[],
  { sampling, seed }: Pick<SpeakOptions, 'sampling' | 'seed'>,
  utterance: number,
  held?: HeldFrames,
): SpeakPlan {
  return {
    task: 'speak',
    phones: phones.slice(1, -1),
    ...(held && { held }),
    sampling,
    seed,
    take: utterance,
  }
}

/** @throws ConvergeError `units-invalid` where the take is none of this plan's */
export function takeToHistories(
  { vocabulary }: Pick<Ladder, 'vocabulary'>,
  { utterances, held }: Pick<SpokenPlan, 'utterances' | 'held'>,
  take: TakeTokens,
  options: SpeakOptions,
): StreamHistory[] {
  return takeToTokens(utterances, take, vocabulary).map((tokens, utterance) => ({
    plan: utteranceToPlan(utterances[utterance], options, utterance, held?.[utterance]),
    voice: options.voice,
    tokens,
  }))
}
