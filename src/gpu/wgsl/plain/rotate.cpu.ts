/** The reference of `rotate.wgsl`: turns queries and keys by both positions. qkv (row, query/key/value, head, headDim). */
import type { CpuModel, CpuRows } from '../cpu-model'

export function rotateCpu({ shape, turns }: CpuModel, rows: CpuRows, qkv: Float32Array): Float32Array {
  const { dim, headDim } = shape
  const pairs = headDim / 2
  const angles = pairs / 2
  const turned = qkv.slice()
  rows.forEach(({ token }, row) => {
    for (let i = 0; i < dim; i++) {
      const pair = i % pairs
      const at = row * 3 * dim + Math.floor(i / pairs) * headDim + pair
      const turn = ((pair < angles ? token.time : token.phone) * angles + (pair % angles)) * 2
      const [cos, sin] = turns.subarray(turn, turn + 2)
      turned[at] = qkv[at] * cos - qkv[at + pairs] * sin
      turned[at + pairs] = qkv[at + pairs] * cos + qkv[at] * sin
    }
  })
  return turned
}
