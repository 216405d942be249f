/**
 * Owns: the angles by which positions turn queries and keys, computed in float32 steps as the trained model computes them:
 * sines and cosines of large arguments tell the difference.
 */

export interface RotarySizes {
  readonly headDim: number
  readonly ropeBase: number
}

/** (headDim / 4): half of a head's pairs turn by time, the others by phone. */
export function rotaryFrequencies({ headDim, ropeBase }: RotarySizes): Float32Array {
  const angles = headDim / 4
  return Float32Array.from({ length: angles }, (_, i) =>
    Math.fround(1 / Math.fround(ropeBase ** Math.fround(i / angles))),
  )
}

export const rotaryAngle = (position: number, frequency: number): number => Math.fround(position * frequency)
