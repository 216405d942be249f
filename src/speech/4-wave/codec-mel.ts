/**
 * Owns: the log-mel of the codec (its mel tokenizer and its voice encoder): 24 kHz samples -> natural log of mel magnitudes,
 * 80 bands at 80 Hz. Its numbers are part of those trained networks, which is why they stand here and not in the manifest.
 */
import { eachPowerSpectrum } from './frames'
import { bandSum, createFilterBank, HTK } from './mel-filters'
import { CODEC_RATE_HZ } from './sample-rates'

export interface Mel {
  /** (bands, frames), band-major: a network's input [1, bands, frames]. */
  readonly bands: Float32Array<ArrayBuffer>
  readonly frames: number
}

const FFT_SIZE = 1024
const HOP = 300
const BANDS = 80
const SCALE = 40
const FLOOR = 1e-3

const bank = createFilterBank(HTK, BANDS, FFT_SIZE, CODEC_RATE_HZ)

/**
 * samples (N) at 24 kHz -> (80, N / 300 rounded down); frame t is centred on sample 300 t + 150.
 * @throws ConvergeError `audio-empty`
 */
export function codecMel(samples24k: Float32Array): Mel {
  const frames = Math.floor(samples24k.length / HOP)
  const bands = new Float32Array(BANDS * frames)
  const shape = { fftSize: FFT_SIZE, hop: HOP, pad: (FFT_SIZE - HOP) / 2, frames }
  eachPowerSpectrum(samples24k, shape, (power, frame) => {
    for (let k = 0; k < power.length; k++) power[k] = Math.sqrt(power[k])
    bank.forEach((triangle, band) => {
      bands[band * frames + frame] = Math.log(Math.max(FLOOR, SCALE * bandSum(triangle, power)))
    })
  })
  return { bands, frames }
}
