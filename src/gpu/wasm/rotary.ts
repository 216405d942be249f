/**
 * Owns: cosines and sines of the angles of a token's two positions, where the kernels read them.
 */
import type { PlacedToken } from '../../speech/3-units/streams'
import { rotaryAngle, rotaryFrequencies, type RotarySizes } from '../rotary'

/** Writes cosines and sines (headDim / 2) at `offset`: the first half turns by time, the second by phone. */
export type WriteTurn = (
  token: PlacedToken,
  cosines: Float32Array,
  sines: Float32Array,
  offset: number,
) => void

export function createRotary(sizes: RotarySizes): WriteTurn {
  const frequencies = rotaryFrequencies(sizes)
  const quarter = frequencies.length
  return ({ time, phone }, cosines, sines, offset) => {
    for (let i = 0; i < quarter; i++) {
      const byTime = rotaryAngle(time, frequencies[i])
      const byPhone = rotaryAngle(phone, frequencies[i])
      cosines[offset + i] = Math.cos(byTime)
      sines[offset + i] = Math.sin(byTime)
      cosines[offset + quarter + i] = Math.cos(byPhone)
      sines[offset + quarter + i] = Math.sin(byPhone)
    }
  }
}
