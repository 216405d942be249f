/**
 * Owns: the interface of the networks that run once an utterance. Shapes are (row, column), row-major, unless said.
 */
import type { Unit } from '../speech/3-units/vocabulary'

export type TokenizerName = 'whisper' | 'mel'

export interface Networks {
  /** Whisper's encoder and the adapter. `bands` (80, melFrames) at 100 Hz of 16 kHz sound. @returns `frames` units */
  whisperMelToUnits(bands: Float32Array, melFrames: number, frames: number): Promise<Unit[]>
  /** The older, own encoder. `bands` (80, melFrames) at 80 Hz of 24 kHz sound. @returns melFrames / 2 units */
  codecMelToUnits(bands: Float32Array, melFrames: number): Promise<Unit[]>
  /** `bands` as above. @returns the voice vector (voiceDim) */
  codecMelToVoice(bands: Float32Array, melFrames: number): Promise<Float32Array>
  /** @returns frame controls (2 frames, 2 + harmonic + noise + phase bands) at 80 Hz */
  unitsToControls(units: readonly Unit[], voice: Float32Array): Promise<Float32Array>
}
