/**
 * Owns: units to sound as they come. The decoder's convolutions see a bounded number of past and future frames, so a
 * window with that much context gives the same controls as the whole utterance; the synthesiser keeps its own state.
 * Streaming and whole output are the same samples within the runtime's rounding.
 */
import { moveControls, NO_MOVES, type VocoderMoves } from '../../speech/4-wave/moves'
import { createSynth, type SynthState } from '../../speech/4-wave/synth'
import { createNoise, startPhase } from '../../speech/4-wave/noise'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { Ladder } from './load'

export interface VocoderState {
  readonly units: readonly Unit[]
  /** Frames whose controls have gone into the synthesiser. */
  readonly vocodedFrames: number
  readonly synth: SynthState
}

export interface Vocoder {
  readonly start: VocoderState
  /** @returns all samples that no later unit can change; with `isLast` every sample that is left. */
  push(
    state: VocoderState,
    units: readonly Unit[],
    isLast: boolean,
  ): Promise<{ state: VocoderState; samples: Float32Array<ArrayBuffer> }>
}

/**
 * `seed` and `utterance` choose the noise, so that two stretches of speech never hiss alike. With another pace the sound
 * comes in one piece, after the last unit.
 */
export function createVocoder(
  ladder: Pick<Ladder, 'manifest' | 'networks'>,
  voice: Float32Array,
  seed: number,
  utterance: number,
  moves: VocoderMoves = NO_MOVES,
): Vocoder {
  const { pastFrames, futureFrames } = ladder.manifest.decoder
  const synth = createSynth(ladder.manifest)
  const noiseAt = createNoise(seed, utterance)
  return {
    start: { units: [], vocodedFrames: 0, synth: synth.start(startPhase(seed, utterance)) },
    async push(state, news, isLast) {
      const units = [...state.units, ...news]
      const done = state.vocodedFrames
      const sureFrames = moves.pace === 1 ? units.length - futureFrames : 0
      const end = isLast ? units.length : Math.max(done, sureFrames)
      if (end === done && !isLast) return { state: { ...state, units }, samples: new Float32Array(0) }
      const windowStart = Math.max(0, done - pastFrames)
      const windowEnd = Math.min(units.length, end + futureFrames)
      const window = units.slice(windowStart, windowEnd)
      const hasNews = end > done
      const controls = hasNews ? await ladder.networks.unitsToControls(window, voice) : new Float32Array(0)
      const perFrame = hasNews ? controls.length / window.length : 0
      const fresh = controls.slice((done - windowStart) * perFrame, (end - windowStart) * perFrame)
      const moved = moveControls(fresh, moves, ladder.manifest.decoder)
      const made = synth.synthesise(state.synth, moved, isLast, noiseAt)
      return { state: { units, vocodedFrames: end, synth: made.state }, samples: made.samples }
    },
  }
}

/** One utterance at once. */
export async function unitsToWave(
  ladder: Pick<Ladder, 'manifest' | 'networks'>,
  units: readonly Unit[],
  voice: Float32Array,
  seed: number,
  utterance = 0,
  moves = NO_MOVES,
): Promise<Float32Array<ArrayBuffer>> {
  const vocoder = createVocoder(ladder, voice, seed, utterance, moves)
  return (await vocoder.push(vocoder.start, units, true)).samples
}
