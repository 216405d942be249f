/**
 * Owns: the arithmetic of pictures of sound: mixing to mono, peaks for the waveform, and spectrogram tiles (RGBA, time
 * to the right, mel-spaced frequency upwards). Pure; knows no worker and no DOM.
 */
import { createRealFft } from '../speech/4-wave/fft'
import { HTK } from '../speech/4-wave/mel-filters'

/** Praat's habit: what lies this far below the loudest sound is the floor of the picture. */
const DYNAMIC_RANGE_DB = 65
const WINDOW_SECONDS = 0.02
const PRE_EMPHASIS = 0.97
const TOP_HZ = 12_000
const MAX_FFTS_PER_COLUMN = 3
const PEAK_PAIRS_PER_SECOND = 2000
const MAX_PEAK_PAIRS = 1_000_000
const PEAK_LEVEL_STEP = 4
const MIN_PEAK_PAIRS = 1000
const LOUDNESS_PROBES = 300
/** So that silence looks silent: about 60 dB below a full-scale tone. */
const QUIETEST_TOP_DB = -20

/** The waveform at one sharpness. */
export interface PeakLevel {
  readonly pairsPerSecond: number
  /** Highest and lowest sample of each stretch, in turn, within ±1. */
  readonly peaks: Float32Array<ArrayBuffer>
}

export interface TileRequest {
  readonly startSeconds: number
  readonly secondsPerColumn: number
  readonly columns: number
  readonly rows: number
}

/** Mean of the channels; what is not a number becomes silence. One channel alone is cleaned in its place: it may be long. */
export function channelsToMono(channels: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  if (channels.length === 1) return silenceDamage(channels[0])
  const samples = new Float32Array(channels[0]?.length ?? 0)
  for (const channel of channels) {
    for (let i = 0; i < samples.length; i += 1) samples[i] += channel[i] / channels.length
  }
  return silenceDamage(samples)
}

function silenceDamage(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let i = 0; i < samples.length; i += 1) if (!Number.isFinite(samples[i])) samples[i] = 0
  return samples
}

/** The sharpest level first; each next one has a quarter of its pairs, so that a far view reads few numbers. */
export function samplesToPeakLevels(samples: Float32Array, sampleRateHz: number): PeakLevel[] {
  const seconds = samples.length / sampleRateHz
  const pairs = Math.max(
    1,
    Math.min(Math.ceil(seconds * PEAK_PAIRS_PER_SECOND), MAX_PEAK_PAIRS, samples.length),
  )
  const levels = [toPeaks(pairs, samples.length, (i) => samples[i])]
  for (;;) {
    const finer = levels[levels.length - 1]
    const fewer = Math.floor(finer.length / 2 / PEAK_LEVEL_STEP)
    if (fewer < MIN_PEAK_PAIRS) break
    levels.push(toPeaks(fewer, finer.length, (i) => finer[i]))
  }
  return levels.map((peaks) => ({ pairsPerSecond: peaks.length / 2 / seconds, peaks }))
}

function toPeaks(
  pairs: number,
  length: number,
  valueAt: (index: number) => number,
): Float32Array<ArrayBuffer> {
  const peaks = new Float32Array(pairs * 2)
  for (let pair = 0; pair < pairs; pair += 1) {
    const end = Math.floor(((pair + 1) * length) / pairs)
    let high = -1
    let low = 1
    for (let i = Math.floor((pair * length) / pairs); i < end; i += 1) {
      const value = valueAt(i)
      if (value > high) high = value
      if (value < low) low = value
    }
    peaks[pair * 2] = Math.min(1, high)
    peaks[pair * 2 + 1] = Math.max(-1, low)
  }
  return peaks
}

/** Matt Zucker's polynomial fit of matplotlib's viridis: coefficients of red, green and blue, constant first. */
const VIRIDIS_POLYNOMIALS = [
  [0.2777273, 0.105093, -0.3308618, -4.6342305, 6.2282699, 4.776385, -5.4354559],
  [0.0054073, 1.4046135, 0.2148476, -5.7991009, 14.1799334, -13.7451454, 4.6458526],
  [0.3340998, 1.3845902, 0.0950952, -19.332441, 56.6905526, -65.3530326, 26.3124352],
]

/** 256 opaque colours as the four bytes of a pixel. */
const VIRIDIS = new Uint32Array(
  Uint8ClampedArray.from({ length: 1024 }, (_, i) => {
    const level = (i >> 2) / 255
    const polynomial = VIRIDIS_POLYNOMIALS[i & 3] ?? [1]
    return 255 * polynomial.reduceRight((sum, coefficient) => sum * level + coefficient, 0)
  }).buffer,
)

/** Draws tiles of one sound; owns the FFT's buffers. */
export function createTileMaker(samples: Float32Array, sampleRateHz: number) {
  const windowSamples = 2 ** Math.max(5, Math.round(Math.log2(sampleRateHz * WINDOW_SECONDS)))
  const size = windowSamples * 2
  const fft = createRealFft(size)
  const input = new Float64Array(size)
  const output = new Float64Array(2 * fft.bins)
  const window = Array.from(
    { length: windowSamples },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / windowSamples),
  )
  const bins = size / 2
  const powerDb = new Float32Array(bins + 1)

  function analyse(centerSample: number): void {
    const first = Math.round(centerSample) - windowSamples / 2
    for (let i = 0; i < windowSamples; i += 1) {
      const at = first + i
      const here = at >= 0 && at < samples.length ? samples[at] : 0
      const before = at > 0 && at <= samples.length ? samples[at - 1] : 0
      input[i] = (here - PRE_EMPHASIS * before) * window[i]
    }
    fft.forward(input, output)
    for (let bin = 0; bin <= bins; bin += 1) {
      const power = output[2 * bin] ** 2 + output[2 * bin + 1] ** 2
      powerDb[bin] = 10 * Math.log10(power + 1e-12)
    }
  }

  /** The loudest bin of a sparse sweep through the sound: the top of the picture's range. */
  function probeTopDb(): number {
    let top = QUIETEST_TOP_DB
    for (let probe = 0; probe < LOUDNESS_PROBES; probe += 1) {
      analyse(((probe + 0.5) / LOUDNESS_PROBES) * samples.length)
      for (let bin = 1; bin < bins; bin += 1) top = Math.max(top, powerDb[bin])
    }
    return top
  }

  const topDb = probeTopDb()
  const topHz = Math.min(TOP_HZ, sampleRateHz / 2)
  const topMel = HTK.hzToMel(topHz)

  return {
    topHz,
    draw({ startSeconds, secondsPerColumn, columns, rows }: TileRequest): Uint8ClampedArray<ArrayBuffer> {
      const pixels = new Uint32Array(columns * rows)
      const rowBins = Array.from({ length: rows }, (_, row) => {
        const hz = HTK.melToHz(topMel * (1 - (row + 0.5) / rows))
        return Math.min(bins - 1, (hz * size) / sampleRateHz)
      })
      const ffts = Math.min(
        MAX_FFTS_PER_COLUMN,
        Math.max(1, Math.floor((secondsPerColumn * sampleRateHz) / windowSamples)),
      )
      const column = new Float32Array(rows)
      for (let x = 0; x < columns; x += 1) {
        column.fill(-Infinity)
        for (let part = 0; part < ffts; part += 1) {
          analyse((startSeconds + (x + (part + 0.5) / ffts) * secondsPerColumn) * sampleRateHz)
          for (let row = 0; row < rows; row += 1) {
            const bin = Math.floor(rowBins[row])
            const between = rowBins[row] - bin
            const db = powerDb[bin] * (1 - between) + powerDb[bin + 1] * between
            column[row] = Math.max(column[row], db)
          }
        }
        for (let row = 0; row < rows; row += 1) {
          const level = 1 + (column[row] - topDb) / DYNAMIC_RANGE_DB
          pixels[row * columns + x] = VIRIDIS[Math.round(255 * Math.min(1, Math.max(0, level)))]
        }
      }
      return new Uint8ClampedArray(pixels.buffer)
    },
  }
}
