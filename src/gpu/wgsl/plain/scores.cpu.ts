/** The reference of `scores.wgsl`: (row, head, position), `capacity` positions, those past the row's own 0. */
import type { CpuCache, CpuModel, CpuRows } from '../cpu-model'
import { unpackHalves } from '../half'

export function scoresCpu(
  { shape }: CpuModel,
  rows: CpuRows,
  qkv: Float32Array,
  cache: CpuCache,
  capacity: number,
): Float32Array {
  const { dim, heads, headDim } = shape
  const values = unpackHalves(cache)
  const scores = new Float32Array(rows.length * heads * capacity)
  rows.forEach(({ base, position }, row) => {
    for (let head = 0; head < heads; head++) {
      const query = row * 3 * dim + head * headDim
      for (let i = 0; i <= position; i++) {
        const key = (base + i) * 2 * dim + head * headDim
        let sum = 0
        for (let d = 0; d < headDim; d++) sum += qkv[query + d] * values[key + d]
        scores[(row * heads + head) * capacity + i] = sum / Math.sqrt(headDim)
      }
    }
  })
  return scores
}
