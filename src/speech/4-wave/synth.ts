/**
 * Owns: the vocoder: frame controls -> waveform. A pulse train and white noise, each filtered frame by frame (hop 300, Hann
 * 900, FFT 1024 at the reference sizes) and overlap-added. Streaming by explicit state; a sample never depends on how the
 * controls were cut, so streaming equals whole bit for bit. Knows no network: the decoder's output is handed in.
 * Measured on one server core: a second of speech in 7 ms, in pieces of two frames too.
 */
import type { Manifest } from '../manifest'
import { CONTROLS_PER_UNIT } from './controls'
import { createFrameFilter } from './frame-filter'
import { joinSamples } from './join'
import type { NoiseAt } from './noise'
import { addPulses, type PitchFrame } from './pulses'

export type SynthShape = Pick<Manifest, 'sampleRateHz' | 'samplesPerFrame' | 'decoder'>

/** Where a stream stands. A value: `synthesise` gives a new one. */
export interface SynthState {
  /** In periods. */
  readonly phase: number
  /** Control frames taken in, frames filtered, samples of the sources made, samples given out. */
  readonly taken: number
  readonly filtered: number
  readonly sourced: number
  readonly given: number
  /** The controls of the frames from `filtered` - 1 on (or 0). */
  readonly controls: Float32Array
  /** Pulses and noise of the samples from hop * (filtered - 1) on. */
  readonly pulses: Float64Array
  readonly noise: Float64Array
  /** Overlapped sums of the samples from `given` on. */
  readonly overlap: Float64Array
}

export interface Synth {
  readonly controlsPerFrame: number
  readonly hopSamples: number
  /** Samples by which the output of an unfinished stream stays behind its controls. */
  readonly lagSamples: number
  /** @param phase of the pulse train in periods, 0 … 1 */
  start(phase: number): SynthState
  /**
   * controls (frames, controlsPerFrame) at 80 Hz -> the samples that are now final; with `isLast` all the rest, so that a
   * stream gives hop * frames samples in all. `noiseAt` must be the same function for the whole stream.
   */
  synthesise(
    state: SynthState,
    controls: Float32Array,
    isLast: boolean,
    noiseAt: NoiseAt,
  ): { readonly state: SynthState; readonly samples: Float32Array<ArrayBuffer> }
}

/** What three Hann windows, a third apart, sum to. */
const OVERLAP_GAIN = 1.5

export function createSynth(shape: SynthShape): Synth {
  const { sampleRateHz, decoder } = shape
  const hop = shape.samplesPerFrame / CONTROLS_PER_UNIT
  const windowSize = 3 * hop
  const fftSize = 2 ** Math.ceil(Math.log2(windowSize))
  /** The filters' responses reach both ways in time: the window sits in the middle of the FFT's frame. */
  const tail = (fftSize - windowSize) / 2
  const filter = createFrameFilter({
    ...decoder,
    sampleRateHz,
    windowSize,
    fftSize,
  })
  const width = filter.controlsPerFrame

  return {
    controlsPerFrame: width,
    hopSamples: hop,
    lagSamples: 3 * hop + tail,
    start: (phase) => ({
      phase,
      taken: 0,
      filtered: 0,
      sourced: 0,
      given: 0,
      controls: new Float32Array(0),
      // One hop of nothing before the first sample: the first frame's window begins there.
      pulses: new Float64Array(hop),
      noise: new Float64Array(hop),
      overlap: new Float64Array(0),
    }),
    synthesise(state, newControls, isLast, noiseAt) {
      const controls = joinSamples([state.controls, newControls])
      const taken = state.taken + newControls.length / width
      const firstFrame = taken - controls.length / width
      const end = hop * taken
      // The sources reach the middle of the newest frame; its right neighbour decides the rest.
      const sourced = isLast ? end : Math.max(state.sourced, end - hop / 2)
      const filtered = isLast ? taken : Math.max(state.filtered, Math.floor(sourced / hop) - 1)
      const given = isLast ? end : Math.max(state.given, hop * filtered - hop - tail)

      const sourceStart = hop * (state.filtered - 1)
      // At the end one hop of nothing follows, for the last frame's window.
      const sourceLength = sourced - sourceStart + (isLast ? hop : 0)
      const pulses = extended(state.pulses, sourceLength)
      const noise = extended(state.noise, sourceLength)
      const range = { first: state.sourced, end: sourced }
      const pitch = (wanted: number): PitchFrame => {
        const at = (Math.min(taken - 1, Math.max(0, wanted)) - firstFrame) * width
        return { f0Hz: Math.fround(Math.exp(controls[at])), isVoiced: controls[at + 1] > 0 }
      }
      const at = state.sourced - sourceStart
      const phase = addPulses(pulses, at, range, { hop, sampleRateHz }, pitch, state.phase)
      if (sourced > state.sourced) noise.set(noiseAt(state.sourced, sourced - state.sourced), at)

      // Frame i begins `hop + tail` samples before sample hop i.
      const overlapEnd = Math.max(
        state.given + state.overlap.length,
        hop * (filtered - 1) - hop - tail + fftSize,
        given,
      )
      const overlap = extended(state.overlap, overlapEnd - state.given)
      for (let i = state.filtered; i < filtered; i++) {
        const frame = filter.filterFrame(
          controls,
          (i - firstFrame) * width,
          { pulses, noise },
          hop * (i - 1) - sourceStart,
        )
        const first = hop * i - hop - tail - state.given
        for (let n = Math.max(0, -first); n < fftSize; n++) {
          overlap[first + n] += frame[(n + fftSize - tail) % fftSize]
        }
      }
      const samples = Float32Array.from(overlap.subarray(0, given - state.given), (sum) => sum / OVERLAP_GAIN)
      const keepFrame = Math.max(0, filtered - 1)
      return {
        samples,
        state: {
          phase,
          taken,
          filtered,
          sourced,
          given,
          controls: controls.slice((keepFrame - firstFrame) * width),
          pulses: pulses.slice(hop * (filtered - 1) - sourceStart),
          noise: noise.slice(hop * (filtered - 1) - sourceStart),
          overlap: overlap.slice(given - state.given),
        },
      }
    },
  }
}

/** A copy of `length`, zeros behind. */
function extended(values: Float64Array, length: number): Float64Array {
  const copy = new Float64Array(Math.max(length, values.length))
  copy.set(values)
  return copy
}
