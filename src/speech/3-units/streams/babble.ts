/**
 * Owns: the grammar of babbling: units alone, drawn after the units given, until <eos> or a limit.
 */
import { checkSamplingOptions, sampleToken, type SamplingOptions } from '../sampling'
import type { Unit, Vocabulary } from '../vocabulary'
import { START, type PlacedToken, type Rule, type StreamState } from './rule'

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
  return {
    prefix,
    start: { ...START, frames: plan.units.length },
    next(state, logits) {
      const ranges = state.run >= plan.maxFrames ? [] : [vocabulary.unitRange]
      const noise = { seed: plan.seed, take: plan.take, step: state.step }
      const { token: id, probability } = sampleToken(
        logits,
        { ranges, ids: [vocabulary.eos] },
        plan.sampling,
        noise,
      )
      const done = id === vocabulary.eos
      const frames = state.frames + (done ? 0 : 1)
      return {
        token: { id, time: frames, phone: 0 },
        state: { step: state.step + 1, frames, phones: 0, run: state.run + 1, done },
        probability,
      }
    },
  }
}
