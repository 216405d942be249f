/** The reference of `embed.wgsl`: each row's embedding, at position 0 its stream's voice. voices (slot, voiceDim). */
import type { CpuModel, CpuRows } from '../cpu-model'
import { linearCpu } from './linear.cpu'

export function embedCpu(
  { shape, embedding, voice, voiceBias }: CpuModel,
  rows: CpuRows,
  voices: Float32Array,
): Float32Array {
  const { dim, voiceDim } = shape
  const stream = new Float32Array(rows.length * dim)
  rows.forEach(({ slot, position, token }, row) => {
    const own = voices.subarray(slot * voiceDim, (slot + 1) * voiceDim)
    const values =
      position === 0
        ? linearCpu(voice, own).map((value, d) => value + voiceBias[d])
        : Float32Array.from(
            embedding.codes.subarray(token.id * dim, (token.id + 1) * dim),
            (code) => code * embedding.scales[token.id],
          )
    stream.set(values, row * dim)
  })
  return stream
}
