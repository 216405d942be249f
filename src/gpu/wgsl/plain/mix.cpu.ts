/** The reference of `mix.wgsl`: values in their shares. shares (row, head, position) -> (row, head, headDim). */
import type { CpuCache, CpuModel, CpuRows } from '../cpu-model'
import { unpackHalves } from '../half'

export function mixCpu(
  { shape }: CpuModel,
  rows: CpuRows,
  shares: Float32Array,
  cache: CpuCache,
  capacity: number,
): Float32Array {
  const { dim, heads, headDim } = shape
  const values = unpackHalves(cache)
  const mixed = new Float32Array(rows.length * dim)
  rows.forEach(({ base, position }, row) => {
    for (let d = 0; d < dim; d++) {
      const at = (row * heads + Math.floor(d / headDim)) * capacity
      let sum = 0
      for (let i = 0; i <= position; i++) sum += shares[at + i] * values[(base + i) * 2 * dim + dim + d]
      mixed[row * dim + d] = sum
    }
  })
  return mixed
}
