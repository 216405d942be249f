/** The reference of `attend.wgsl`, of the plain rung's: queries (row, dim), cache -> (row, dim). */
import type { CpuCache, CpuModel, CpuRows } from '../cpu-model'
import { mixCpu } from '../plain/mix.cpu'
import { scoresCpu } from '../plain/scores.cpu'
import { softmaxCpu } from '../plain/softmax.cpu'

export function attendCpu(
  model: CpuModel,
  rows: CpuRows,
  queries: Float32Array,
  cache: CpuCache,
): Float32Array {
  const { dim, heads } = model.shape
  const capacity = Math.max(...rows.map(({ position }) => position)) + 1
  const qkv = new Float32Array(rows.length * 3 * dim)
  rows.forEach((_, row) => qkv.set(queries.subarray(row * dim, (row + 1) * dim), row * 3 * dim))
  const scores = scoresCpu(model, rows, qkv, cache, capacity)
  return mixCpu(model, rows, softmaxCpu(rows, scores, heads, capacity), cache, capacity)
}
