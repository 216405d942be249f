/**
 * Owns: the two mel scales and triangular filter banks over the bins of a real FFT, and how a bank is applied. Triangles
 * are area-normalised: 2 / (width in hz). Knows neither windows nor logarithms.
 */

export interface MelScale {
  hzToMel(hz: number): number
  melToHz(mel: number): number
}

/** HTK: 2595 log10(1 + f / 700). */
export const HTK: MelScale = {
  hzToMel: (hz) => 2595 * Math.log10(1 + hz / 700),
  melToHz: (mel) => 700 * (10 ** (mel / 2595) - 1),
}

const SLANEY_LINEAR_HZ = 200 / 3
const SLANEY_LOG_STEP = Math.log(6.4) / 27

/** Slaney's Auditory Toolbox (librosa's default): linear to 1 kHz, then 27 steps to a factor of 6.4. */
export const SLANEY: MelScale = {
  hzToMel: (hz) => (hz < 1000 ? hz / SLANEY_LINEAR_HZ : 15 + Math.log(hz / 1000) / SLANEY_LOG_STEP),
  melToHz: (mel) => (mel < 15 ? mel * SLANEY_LINEAR_HZ : 1000 * Math.exp(SLANEY_LOG_STEP * (mel - 15))),
}

/** A triangle's bins that are not zero. */
interface Triangle {
  readonly firstBin: number
  readonly weights: Float64Array
}

export type FilterBank = readonly Triangle[]

/** `bands` triangles whose corners are evenly spaced on `scale` from 0 to half of `sampleRateHz`. */
export function createFilterBank(
  scale: MelScale,
  bands: number,
  fftSize: number,
  sampleRateHz: number,
): FilterBank {
  const top = scale.hzToMel(sampleRateHz / 2)
  const corner = (i: number): number => scale.melToHz((top * i) / (bands + 1))
  return Array.from({ length: bands }, (_, band) => {
    const low = corner(band)
    const middle = corner(band + 1)
    const high = corner(band + 2)
    const firstBin = Math.ceil((low * fftSize) / sampleRateHz)
    const weights: number[] = []
    for (let bin = firstBin; bin <= fftSize / 2; bin++) {
      const hz = (bin * sampleRateHz) / fftSize
      const height = Math.min((hz - low) / (middle - low), (high - hz) / (high - middle))
      if (height < 0) break
      weights.push((height * 2) / (high - low))
    }
    return { firstBin, weights: Float64Array.from(weights) }
  })
}

/** values (bins) -> the sum under one triangle. */
export function bandSum({ firstBin, weights }: Triangle, values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[firstBin + i]
  return sum
}
