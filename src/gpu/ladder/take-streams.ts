/**
 * Owns: the way between a take and the language model's streams: one stream for each utterance of a plan, with the noise
 * that `speak` gives it.
 */
import type { SpeakPlan } from '../../speech/3-units/streams/speak'
import type { PlacedToken, Rule, StreamPlan, StreamState } from '../../speech/3-units/streams'
import type { TokenId } from '../../speech/3-units/vocabulary'
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

type Utterances = Pick<SpokenPlan, 'utterances' | 'held'>

/** One utterance of a plan, to be drawn. */
export function utteranceToPlan(
  plan: Utterances,
  utterance: number,
  { sampling, seed }: Pick<SpeakOptions, 'sampling' | 'seed'>,
): SpeakPlan {
  const held = plan.held?.[utterance]
  return {
    task: 'speak',
    phones: plan.utterances[utterance].slice(1, -1),
    ...(held && { held }),
    sampling,
    seed,
    take: utterance,
  }
}

/** @throws ConvergeError `units-invalid` where the take is none of this plan's */
export function takeToHistories(
  { vocabulary }: Pick<Ladder, 'vocabulary'>,
  plan: Utterances,
  take: TakeTokens,
  options: SpeakOptions,
): StreamHistory[] {
  return takeToTokens(plan.utterances, take, vocabulary).map((tokens, utterance) => ({
    plan: utteranceToPlan(plan, utterance, options),
    voice: options.voice,
    tokens,
  }))
}

/** All tokens of a stream in their places, prefix first, and the state before each drawn one. */
export function placeTokens(
  rule: Rule<StreamState>,
  tokens: readonly TokenId[],
): { placed: readonly PlacedToken[]; states: readonly StreamState[] } {
  const placed = [...rule.prefix]
  const states = [rule.start]
  for (const id of tokens) {
    const { token, state } = rule.follow(states[states.length - 1], id)
    placed.push(token)
    states.push(state)
  }
  return { placed, states }
}
