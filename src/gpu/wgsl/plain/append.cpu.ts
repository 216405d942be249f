/** The reference of `append.wgsl`: packs keys and values behind their stream's others. Returns the new cache. */
import type { CpuCache, CpuModel, CpuRows } from '../cpu-model'
import { packHalves } from '../half'

export function appendCpu({ shape }: CpuModel, rows: CpuRows, qkv: Float32Array, cache: CpuCache): CpuCache {
  const { dim } = shape
  const grown = cache.slice()
  rows.forEach(({ base, position }, row) => {
    for (let word = 0; word < dim; word++) {
      const at = row * 3 * dim + dim + word * 2
      grown[(base + position) * dim + word] = packHalves(qkv[at], qkv[at + 1])
    }
  })
  return grown
}
