/** The reference of `qkv.wgsl`, of the plain rung's: input (row, dim) -> queries (row, dim) and the new cache. */
import type { CpuCache, CpuModel, CpuRows } from '../cpu-model'
import { appendCpu } from '../plain/append.cpu'
import { linearCpu } from '../plain/linear.cpu'
import { normCpu } from '../plain/norm.cpu'
import { rotateCpu } from '../plain/rotate.cpu'

export function qkvCpu(
  model: CpuModel,
  layer: number,
  rows: CpuRows,
  input: Float32Array,
  cache: CpuCache,
): { queries: Float32Array; cache: CpuCache } {
  const { attentionNorm, qkv } = model.layers[layer]
  const { dim } = model.shape
  const turned = rotateCpu(model, rows, linearCpu(qkv, normCpu(model, input, attentionNorm)))
  const queries = new Float32Array(rows.length * dim)
  rows.forEach((_, row) => queries.set(turned.subarray(row * 3 * dim, row * 3 * dim + dim), row * dim))
  return { queries, cache: appendCpu(model, rows, turned, cache) }
}
