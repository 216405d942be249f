/**
 * Owns: the handles of the vocoder: pitch, pace and breathiness as transforms of its controls (frames, controlsPerFrame) at
 * 80 Hz. The units stay what they are; only how they are sung changes. Pitch and breathiness act on each frame alone, so a
 * stream may be moved piece by piece; pace needs the whole.
 */
import { ConvergeError } from '../errors'
import { resampleFrames } from './control-frames'
import { controlLayout } from './controls'
import type { SynthShape } from './synth'

export interface VocoderMoves {
  /** Added to the pitch. */
  readonly pitchSemitones: number
  /** 2 is twice as fast. */
  readonly pace: number
  /** Added to the level of noise above that of the harmonics, half to either side, so that loudness about stays. */
  readonly breathinessDb: number
}

export const NO_MOVES: VocoderMoves = { pitchSemitones: 0, pace: 1, breathinessDb: 0 }

/** What still sounds like a person. */
export const MOVE_LIMITS: Readonly<Record<keyof VocoderMoves, readonly [lowest: number, highest: number]>> = {
  pitchSemitones: [-12, 12],
  pace: [0.5, 2],
  breathinessDb: [-24, 24],
}

const SEMITONE = Math.LN2 / 12
/** Levels are natural logs of amplitudes. */
const DECIBEL = Math.LN10 / 20

/** @throws ConvergeError `option-invalid` for a move out of its limits */
export function moveControls(
  controls: Float32Array,
  moves: VocoderMoves,
  decoder: SynthShape['decoder'],
): Float32Array {
  checkMoves(moves)
  const { harmonicFirst, noiseFirst, phaseFirst, controlsPerFrame: width } = controlLayout(decoder)
  const frames = controls.length / width
  const moved =
    moves.pace === 1
      ? controls.slice()
      : resampleFrames(controls, width, [0, frames], Math.round(frames / moves.pace))
  const level = (moves.breathinessDb * DECIBEL) / 2
  for (let first = 0; first < moved.length; first += width) {
    moved[first] += moves.pitchSemitones * SEMITONE
    for (let i = harmonicFirst; i < noiseFirst; i++) moved[first + i] -= level
    for (let i = noiseFirst; i < phaseFirst; i++) moved[first + i] += level
  }
  return moved
}

function checkMoves(moves: VocoderMoves): void {
  for (const move of ['pitchSemitones', 'pace', 'breathinessDb'] as const) {
    const [lowest, highest] = MOVE_LIMITS[move]
    if (moves[move] >= lowest && moves[move] <= highest) continue
    const found = String(moves[move])
    throw new ConvergeError('option-invalid', `${move} goes from ${lowest} to ${highest}; found ${found}.`, {
      option: move,
      found,
    })
  }
}
