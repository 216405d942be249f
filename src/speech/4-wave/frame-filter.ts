/**
 * Owns: one frame of the vocoder: a stretch of pulses and of noise, each windowed and filtered by that frame's envelopes,
 * added up. Pitch and voicing are read elsewhere. Knows no time.
 */
import { createBandInterpolation } from './band-interpolation'
import { controlLayout } from './controls'
import { createRealFft } from './fft'
import { hannWindow } from './frames'

export interface FrameFilterShape {
  readonly harmonicBands: number
  readonly noiseBands: number
  readonly phaseBands: number
  readonly sampleRateHz: number
  readonly windowSize: number
  readonly fftSize: number
}

interface Sources {
  readonly pulses: Float64Array
  readonly noise: Float64Array
}

export interface FrameFilter {
  readonly controlsPerFrame: number
  /**
   * The frame's controls stand in `controls` from `first` on, its window in the sources from `at` on. The filters have no
   * delay: the answer (fftSize) begins with the window's first sample, and what comes before it stands at the end. Its
   * memory is used again.
   */
  filterFrame(controls: Float32Array, first: number, sources: Sources, at: number): Float64Array
}

/** Part of the trained codec: the envelopes' unit and limits (natural log). */
const LEVEL = 0.03
const LOWEST_LOG = -12
const HIGHEST_LOG = 5

export function createFrameFilter(shape: FrameFilterShape): FrameFilter {
  const { harmonicBands, noiseBands, phaseBands, sampleRateHz, windowSize, fftSize } = shape
  const { harmonicFirst, noiseFirst, phaseFirst, controlsPerFrame } = controlLayout(shape)
  const fft = createRealFft(fftSize)
  const window = hannWindow(windowSize)
  const harmonicCurve = createBandInterpolation(harmonicBands, fftSize, sampleRateHz)
  const noiseCurve = createBandInterpolation(noiseBands, fftSize, sampleRateHz)
  const phaseCurve = createBandInterpolation(phaseBands, fftSize, sampleRateHz)
  const harmonic = new Float64Array(fft.bins)
  const noisy = new Float64Array(fft.bins)
  const turn = new Float64Array(fft.bins)
  const turnBands = new Float64Array(phaseBands)
  const frame = new Float64Array(fftSize)
  const pulseSpectrum = new Float64Array(2 * fft.bins)
  const noiseSpectrum = new Float64Array(2 * fft.bins)

  function spectrumAt(source: Float64Array, at: number, spectrum: Float64Array): void {
    frame.fill(0)
    for (let i = 0; i < windowSize; i++) frame[i] = source[at + i] * window[i]
    fft.forward(frame, spectrum)
  }

  return {
    controlsPerFrame,
    filterFrame(controls, first, { pulses, noise }, at) {
      harmonicCurve.toBins(controls, first + harmonicFirst, harmonic)
      noiseCurve.toBins(controls, first + noiseFirst, noisy)
      for (let i = 0; i < phaseBands; i++)
        turnBands[i] = Math.tanh(controls[first + phaseFirst + i]) * Math.PI
      phaseCurve.toBins(turnBands, 0, turn)
      spectrumAt(pulses, at, pulseSpectrum)
      spectrumAt(noise, at, noiseSpectrum)
      for (let bin = 0; bin < fft.bins; bin++) {
        const re = 2 * bin
        const im = re + 1
        const pulseLevel = envelope(harmonic[bin])
        const cos = pulseLevel * Math.cos(turn[bin])
        const sin = pulseLevel * Math.sin(turn[bin])
        const noiseLevel = envelope(noisy[bin])
        noiseSpectrum[re] = noiseSpectrum[re] * noiseLevel + pulseSpectrum[re] * cos - pulseSpectrum[im] * sin
        noiseSpectrum[im] = noiseSpectrum[im] * noiseLevel + pulseSpectrum[re] * sin + pulseSpectrum[im] * cos
      }
      fft.inverse(noiseSpectrum, frame)
      return frame
    },
  }
}

/** A band's control as an amplitude; the sources have unit power. */
export function envelope(log: number): number {
  return Math.exp(Math.min(HIGHEST_LOG, Math.max(LOWEST_LOG, log))) * LEVEL
}
