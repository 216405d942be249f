/**
 * Owns: what stands where in a frame of the decoder's output (frames, controlsPerFrame): log f0, voicing, harmonic bands, noise
 * bands, phase bands. Knows no values.
 */
import type { Manifest } from '../manifest'

/** Frames of controls to a unit: units come at 40 Hz, controls at 80. */
export const CONTROLS_PER_UNIT = 2

/** Log f0 and voicing stand first. */
const HARMONIC_FIRST = 2

export interface ControlLayout {
  /** Where each kind of bands begins; it ends where the next one begins. */
  readonly harmonicFirst: number
  readonly noiseFirst: number
  readonly phaseFirst: number
  readonly controlsPerFrame: number
}

export function controlLayout({
  harmonicBands,
  noiseBands,
  phaseBands,
}: Pick<Manifest['decoder'], 'harmonicBands' | 'noiseBands' | 'phaseBands'>): ControlLayout {
  const noiseFirst = HARMONIC_FIRST + harmonicBands
  const phaseFirst = noiseFirst + noiseBands
  return { harmonicFirst: HARMONIC_FIRST, noiseFirst, phaseFirst, controlsPerFrame: phaseFirst + phaseBands }
}
