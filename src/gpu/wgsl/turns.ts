/**
 * Owns: the table of rotary angles (position, angle) as (cos, sin): the devices' own sines are too coarse for large
 * arguments.
 */
import { rotaryAngle, rotaryFrequencies, type RotarySizes } from '../rotary'

export function createTurns(sizes: RotarySizes, positions: number): Float32Array<ArrayBuffer> {
  const frequencies = rotaryFrequencies(sizes)
  const angles = frequencies.length
  const turns = new Float32Array(positions * angles * 2)
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < angles; i++) {
      const angle = rotaryAngle(position, frequencies[i])
      turns[(position * angles + i) * 2] = Math.cos(angle)
      turns[(position * angles + i) * 2 + 1] = Math.sin(angle)
    }
  }
  return turns
}
