/**
 * Owns: what a stretch of frame controls (frames, controlsPerFrame) sounds like, in a few numbers and a spectrum. Read off
 * the controls, so they are exact: harmonics share one power among them, noise spreads its own evenly up to half the rate.
 */
import { controlLayout } from '../4-wave/controls'
import { clampHz } from '../4-wave/pulses'
import { envelope } from '../4-wave/frame-filter'
import { HTK } from '../4-wave/mel-filters'
import type { SynthShape } from '../4-wave/synth'
import { percentile, voicedHz } from './pitch'

export interface ControlFigures {
  /** Median of the voiced frames; undefined where most are not voiced. */
  readonly pitchHz: number | undefined
  /** Against full scale. */
  readonly levelDb: number
  /** The power's mean frequency. */
  readonly brightnessHz: number
  /** Noise's part of the power, 0 … 1. */
  readonly noiseShare: number
  /** Filters of pulses and noise together, at each harmonic band's middle: evenly spaced in mel, 0 Hz to half the rate. */
  readonly spectrumDb: readonly number[]
}

/** -120 dB: nobody hears it, and its logarithm is finite. */
const LEAST_POWER = 1e-12

export function controlsToFigures(
  controls: Float32Array,
  { sampleRateHz, decoder }: Pick<SynthShape, 'sampleRateHz' | 'decoder'>,
): ControlFigures {
  const { harmonicBands, noiseBands } = decoder
  const { harmonicFirst, noiseFirst, controlsPerFrame: width } = controlLayout(decoder)
  const frames = controls.length / width
  const topMel = HTK.hzToMel(sampleRateHz / 2)
  const voiced = voicedHz(controls, width).filter((hz) => hz > 0)
  const bands = bandHz(harmonicBands, sampleRateHz)
  const spectrum = bands.map(() => 0)
  const pulses = { power: 0, weightedHz: 0 }
  const noise = { power: 0, weightedHz: 0 }
  for (let first = 0; first < controls.length; first += width) {
    const powerAt = (firstBand: number, count: number) => (hz: number) =>
      bandPower(controls, first + firstBand, count, HTK.hzToMel(hz) / topMel)
    const noiseAt = powerAt(noiseFirst, noiseBands)
    const pulsesAt = controls[first + 1] > 0 ? powerAt(harmonicFirst, harmonicBands) : () => 0
    add(noise, bands, noiseAt, bandShares(bands))
    const f0Hz = clampHz(Math.exp(controls[first]))
    const harmonics = Array.from({ length: Math.floor(sampleRateHz / 2 / f0Hz) }, (_, k) => (k + 1) * f0Hz)
    add(
      pulses,
      harmonics,
      pulsesAt,
      harmonics.map(() => 1 / harmonics.length),
    )
    bands.forEach((hz, band) => {
      spectrum[band] += (pulsesAt(hz) + noiseAt(hz)) / frames
    })
  }
  const total = Math.max(pulses.power + noise.power, LEAST_POWER)
  return {
    pitchHz: voiced.length > frames / 2 ? percentile(voiced.toSorted(ascending), 0.5) : undefined,
    levelDb: toDb(total / frames),
    brightnessHz: (pulses.weightedHz + noise.weightedHz) / total,
    noiseShare: noise.power / total,
    spectrumDb: spectrum.map(toDb),
  }
}

/** The middles of bands that are evenly spaced in mel, both ends included. */
export function bandHz(bands: number, sampleRateHz: number): number[] {
  const spacing = HTK.hzToMel(sampleRateHz / 2) / (bands - 1)
  return Array.from({ length: bands }, (_, band) => HTK.melToHz(band * spacing))
}

/** Each band's part of the frequencies. */
function bandShares(hz: readonly number[]): number[] {
  const top = hz[hz.length - 1]
  return hz.map((_, i) => ((hz[i + 1] ?? top) - (hz[i - 1] ?? 0)) / 2 / top)
}

/** In straight lines between the bands' middles, as the vocoder filters. @param place of the frequency in mel, 0 … 1 */
function bandPower(controls: Float32Array, first: number, count: number, place: number): number {
  const at = place * (count - 1)
  const left = Math.min(count - 2, Math.floor(at))
  const [low, high] = [controls[first + left], controls[first + left + 1]]
  return envelope(low + (at - left) * (high - low)) ** 2
}

function add(
  sum: { power: number; weightedHz: number },
  hz: readonly number[],
  powerAt: (hz: number) => number,
  shares: readonly number[],
): void {
  hz.forEach((each, i) => {
    const power = powerAt(each) * shares[i]
    sum.power += power
    sum.weightedHz += power * each
  })
}

const toDb = (power: number): number => 10 * Math.log10(Math.max(power, LEAST_POWER))
const ascending = (a: number, b: number): number => a - b
