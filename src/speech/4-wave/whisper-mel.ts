/**
 * Owns: Whisper's log-mel (Radford et al. 2022): 16 kHz samples -> 80 Slaney bands at 100 Hz, log10 of power, at most 8
 * below the recording's own maximum, scaled to about -1 … 1. Nothing is padded to 30 s. Its numbers belong to that encoder.
 */
import type { Mel } from './codec-mel'
import { eachPowerSpectrum } from './frames'
import { bandSum, createFilterBank, SLANEY } from './mel-filters'
import { WHISPER_RATE_HZ } from './sample-rates'

const FFT_SIZE = 400
const HOP = 160
const BANDS = 80
const FLOOR = 1e-10
const RANGE = 8

const bank = createFilterBank(SLANEY, BANDS, FFT_SIZE, WHISPER_RATE_HZ)

/**
 * samples (N) at 16 kHz -> (80, N / 160 rounded down); frame t is centred on sample 160 t.
 * @throws ConvergeError `audio-empty`
 */
export function whisperMel(samples16k: Float32Array): Mel {
  const frames = Math.floor(samples16k.length / HOP)
  const bands = new Float32Array(BANDS * frames)
  let most = -Infinity
  eachPowerSpectrum(
    samples16k,
    { fftSize: FFT_SIZE, hop: HOP, pad: FFT_SIZE / 2, frames },
    (power, frame) => {
      bank.forEach((triangle, band) => {
        const level = Math.log10(Math.max(FLOOR, bandSum(triangle, power)))
        bands[band * frames + frame] = level
        most = Math.max(most, level)
      })
    },
  )
  for (let i = 0; i < bands.length; i++) bands[i] = (Math.max(bands[i], most - RANGE) + 4) / 4
  return { bands, frames }
}
