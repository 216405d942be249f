/** The reference of `head.wgsl`, of the plain rung's: input (row, dim) -> logits (slot, vocabulary). */
import type { CpuModel, CpuRows } from '../cpu-model'
import { linearCpu } from '../plain/linear.cpu'
import { normCpu } from '../plain/norm.cpu'
import { scatterCpu } from '../plain/scatter.cpu'

export const headCpu = (
  model: CpuModel,
  rows: CpuRows,
  input: Float32Array,
  logits: Float32Array,
): Float32Array => scatterCpu(rows, linearCpu(model.head, normCpu(model, input, model.headNorm)), logits)
