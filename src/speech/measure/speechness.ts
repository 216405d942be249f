/**
 * Owns: whether a stretch of sound may hold speech at all, asked before a search that would find words in anything. Speech
 * moves in loudness from syllable to syllable and never keeps its spectrum; hum and hiss keep their loudness, tones keep
 * their spectrum. Both limits are far from the speech that was measured: what is in doubt goes on to the search.
 */
import { eachPowerSpectrum } from '../4-wave/frames'
import { CODEC_RATE_HZ } from '../4-wave/sample-rates'

/** 43 ms: hum and tones are told apart from their neighbours. */
const FRAME_SAMPLES = 1024
/** Where speech moves most, above the rumble of pink noise. */
const FIRST_BIN = hzToBin(200)
const END_BIN = hzToBin(4000)
/** A frame this far below the loud ones is a pause or the margin, and counts for nothing. */
const ACTIVE_DB = 35
/** dB between the 95th and the 10th percentile of the loudness: white noise has 1.5, pink 3, hum 2; speech 20, in as loud noise 8. */
const LEAST_RANGE_DB = 5
/** Two frames whose spectra are this alike (cosine) sound the same. */
const SAME = 0.97
/** The most neighbours that may sound the same: of tones 60 to 100 % do, of speech at most 15 %. */
const MOST_SAME = 0.4
const LEAST_FRAMES = 3

function hzToBin(hz: number): number {
  return Math.round((hz * FRAME_SAMPLES) / CODEC_RATE_HZ)
}

/** samples at the codec's rate, prepared */
export function holdsSpeech(samples: Float32Array): boolean {
  const { rangeDb, same, frames } = describeSound(samples)
  return frames >= LEAST_FRAMES && rangeDb >= LEAST_RANGE_DB && same <= MOST_SAME
}

interface SoundDescription {
  /** Frames that are no pause. */
  readonly frames: number
  readonly rangeDb: number
  /** Part of the neighbouring frames that sound the same. */
  readonly same: number
}

function describeSound(samples: Float32Array): SoundDescription {
  const spectra = toSpectra(samples)
  const levels = spectra.map(({ db }) => db)
  const loudest = levels.reduce((most, db) => Math.max(most, db), -Infinity)
  const active = spectra.filter(({ db }) => db > loudest - ACTIVE_DB)
  const sorted = active.map(({ db }) => db).toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  let same = 0
  for (let i = 1; i < active.length; i++) if (likeness(active[i - 1], active[i]) > SAME) same++
  return {
    frames: active.length,
    rangeDb: at(0.95) - at(0.1),
    same: active.length > 1 ? same / (active.length - 1) : 0,
  }
}

interface Spectrum {
  readonly magnitudes: Float64Array
  readonly db: number
}

/** Frames side by side, the band of speech alone. */
function toSpectra(samples: Float32Array): Spectrum[] {
  const spectra: Spectrum[] = []
  const frames = Math.floor(samples.length / FRAME_SAMPLES)
  eachPowerSpectrum(samples, { fftSize: FRAME_SAMPLES, hop: FRAME_SAMPLES, pad: 0, frames }, (power) => {
    const band = power.slice(FIRST_BIN, END_BIN)
    const energy = band.reduce((sum, value) => sum + value, 0)
    spectra.push({ magnitudes: band.map(Math.sqrt), db: 10 * Math.log10(energy + 1e-12) })
  })
  return spectra
}

function likeness(a: Spectrum, b: Spectrum): number {
  let dot = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < a.magnitudes.length; i++) {
    dot += a.magnitudes[i] * b.magnitudes[i]
    aa += a.magnitudes[i] ** 2
    bb += b.magnitudes[i] ** 2
  }
  return dot / Math.sqrt(aa * bb + 1e-30)
}
