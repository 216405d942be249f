/**
 * Owns: how a filter curve of a few mel-spaced bands becomes one value for every FFT bin, in straight lines between band
 * centres (0 Hz and half the rate included). Knows not what the values mean.
 */
import { HTK } from './mel-filters'

export interface BandInterpolation {
  /** Writes the curve (bins) of bands[first … first + count - 1] into `out`. */
  toBins(bands: Float32Array | Float64Array, first: number, out: Float64Array): void
}

export function createBandInterpolation(
  count: number,
  fftSize: number,
  sampleRateHz: number,
): BandInterpolation {
  const bins = fftSize / 2 + 1
  const spacing = HTK.hzToMel(sampleRateHz / 2) / (count - 1)
  const left = new Uint16Array(bins)
  const right = new Float64Array(bins)
  for (let bin = 0; bin < bins; bin++) {
    const place = HTK.hzToMel((bin * sampleRateHz) / fftSize) / spacing
    left[bin] = Math.min(count - 2, Math.floor(place))
    right[bin] = place - left[bin]
  }
  return {
    toBins(bands, first, out) {
      for (let bin = 0; bin < bins; bin++) {
        const at = first + left[bin]
        out[bin] = bands[at] + right[bin] * (bands[at + 1] - bands[at])
      }
    },
  }
}
