/**
 * Owns: pitch as the vocoder sings it, read off frame controls (frames, controlsPerFrame) at 80 Hz: log F0, voicing, then
 * what is of no concern here.
 */
import { clampHz } from '../4-wave/pulses'

/** Hz of each frame; 0 where it is not voiced. */
export function voicedHz(controls: Float32Array, controlsPerFrame: number): number[] {
  return Array.from({ length: controls.length / controlsPerFrame }, (_, frame) => {
    const at = frame * controlsPerFrame
    return controls[at + 1] > 0 ? clampHz(Math.exp(controls[at])) : 0
  })
}

/** Of ascending numbers, at least one; between two neighbours in a straight line. */
export function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below)
}
