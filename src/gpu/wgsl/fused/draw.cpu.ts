/** The reference of `draw.wgsl`: the plan's own rule, one step. */
import { planToRule, type StreamPlan, type StreamState } from '../../../speech/3-units/streams'
import type { StreamStep } from '../../../speech/3-units/streams/rule'
import type { Vocabulary } from '../../../speech/3-units/vocabulary'

export const drawCpu = (
  plan: StreamPlan,
  vocabulary: Vocabulary,
  state: StreamState,
  logits: Float32Array,
): StreamStep => planToRule(plan, vocabulary).next(state, logits)
