/**
 * Owns: the angles of a token's two positions, computed in float32 steps as the trained model computes them.
 */
import type { PlacedToken } from '../../speech/3-units/streams'
import type { Manifest } from '../../speech/manifest'

/** Writes cosines and sines (headDim / 2) at `offset`: the first half turns by time, the second by phone. */
export type WriteTurn = (
  token: PlacedToken,
  cosines: Float32Array,
  sines: Float32Array,
  offset: number,
) => void

export function createRotary({ headDim, ropeBase }: Manifest['lm']): WriteTurn {
  const quarter = headDim / 4
  const frequencies = Float32Array.from({ length: quarter }, (_, i) =>
    Math.fround(1 / Math.fround(ropeBase ** Math.fround(i / quarter))),
  )
  return ({ time, phone }, cosines, sines, offset) => {
    for (let i = 0; i < quarter; i++) {
      const byTime = Math.fround(time * frequencies[i])
      const byPhone = Math.fround(phone * frequencies[i])
      cosines[offset + i] = Math.cos(byTime)
      sines[offset + i] = Math.sin(byTime)
      cosines[offset + quarter + i] = Math.cos(byPhone)
      sines[offset + quarter + i] = Math.sin(byPhone)
    }
  }
}
