/**
 * Owns: the grammar of babbling: units alone, drawn after the units given, until <eos> or a limit.
 */
import { checkSamplingOptions, sampleToken, type AllowedTokens, type SamplingOptions } from '../sampling'
import type { TokenId, Unit, Vocabulary } from '../vocabulary'
import { START, type Followed, type PlacedToken, type Rule, type StreamState } from './rule'

export interface BabblePlan {
  readonly task: 'babble'
  /** The sound to continue; may be empty. */
  readonly units: readonly Unit[]
  readonly maxFrames: number
  readonly sampling: SamplingOptions
  readonly seed: number
  readonly take: number
}

export function babbleRule(plan: BabblePlan, vocabulary: Vocabulary): Rule<StreamState> {
  const prefix: PlacedToken[] = [
    { id: vocabulary.pad, time: 0, phone: 0 },
    { id: vocabulary.babble, time: 0, phone: 0 },
    ...plan.units.map((unit, i) => ({ id: vocabulary.unitToId(unit), time: i + 1, phone: 0 })),
  ]
  checkSamplingOptions(plan.sampling)
  function allowed(state: StreamState): AllowedTokens {
    const ranges = state.run >= plan.maxFrames ? [] : [vocabulary.unitRange]
    return { ranges, ids: [vocabulary.eos] }
  }

  function follow(state: StreamState, id: TokenId): Followed {
    const done = id === vocabulary.eos
    const frames = state.frames + (done ? 0 : 1)
    return {
      token: { id, time: frames, phone: 0 },
      state: { step: state.step + 1, frames, phones: 0, run: state.run + 1, done },
    }
  }

  return {
    prefix,
    start: { ...START, frames: plan.units.length },
    allowed,
    follow,
    next(state, logits) {
      const noise = { seed: plan.seed, take: plan.take, step: state.step }
      const { token, ...chance } = sampleToken(logits, allowed(state), plan.sampling, noise)
      return { ...follow(state, token), ...chance }
    },
  }
}
