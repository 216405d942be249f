/**
 * Owns: the table of rotary angles (position, angle) as (cos, sin), computed in float32 steps as the trained model
 * computes them: the devices' own sines are too coarse for large arguments.
 */
import type { LmShape } from './shape'

export function createTurns({ headDim, ropeBase }: LmShape, positions: number): Float32Array<ArrayBuffer> {
  const angles = headDim / 4
  const frequencies = Float32Array.from({ length: angles }, (_, i) =>
    Math.fround(1 / Math.fround(ropeBase ** Math.fround(i / angles))),
  )
  const turns = new Float32Array(positions * angles * 2)
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < angles; i++) {
      const angle = Math.fround(position * frequencies[i])
      turns[(position * angles + i) * 2] = Math.cos(angle)
      turns[(position * angles + i) * 2 + 1] = Math.sin(angle)
    }
  }
  return turns
}
