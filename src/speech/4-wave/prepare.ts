/**
 * Owns: what happens to a recording before any network hears it: one channel, the model's rate, speech at one level, silence
 * at both ends, whole frames. Says when there is nothing to hear. Knows no file format and no network.
 */
import { ConvergeError } from '../errors'
import type { Manifest } from '../manifest'
import { resample } from './resample'

type Target = Pick<Manifest, 'sampleRateHz' | 'samplesPerFrame'>

const SPEECH_RMS = 0.06
/** The silence put at both ends. */
export const PAD_SECONDS = 0.15
const BLOCKS_PER_SECOND = 50
/** Blocks above this part of the 95th percentile's energy (-30 dB) hold speech. */
const ACTIVE = 1e-3
/** A sample beyond this is no sound but a damaged file; it counts as 0, as NaN does. */
const LARGEST_SAMPLE = 1e6
/** A mean beyond this part of the RMS is a recorder's offset, not speech, and is taken away. */
const OFFSET = 0.5
/** -94 dBFS, one step of 16 bits: below, there is nothing whatever its shape. */
const NOTHING_RMS = 2e-5
/** -60 dBFS: below, a sound that stays within 10 dB from block to block is hum or hiss; faint speech moves by 20 and more. */
const FAINT_RMS = 1e-3
const STEADY_ENERGY_RATIO = 10

/**
 * samples (N) at any rate -> 24 kHz (or the manifest's rate), RMS of the active parts 0.06, 0.15 s of silence at both ends,
 * a whole number of frames, clipped to ±1.
 * @throws ConvergeError `audio-empty`, `audio-silent`; `audio-unreadable` for an impossible rate
 */
export function prepareRecording(
  samples: Float32Array,
  sampleRateHz: number,
  target: Target = { sampleRateHz: 24_000, samplesPerFrame: 600 },
): Float32Array<ArrayBuffer> {
  if (samples.length === 0) throw new ConvergeError('audio-empty', 'The recording has no samples.', {})
  const speech = resample(withoutOffset(withoutDamage(samples)), sampleRateHz, target.sampleRateHz)
  const energies = blockEnergies(speech, target.sampleRateHz / BLOCKS_PER_SECOND)
  const floor = percentile(energies, 95) * ACTIVE
  const active = energies.filter((energy) => energy > floor)
  const energy = active.length === 0 ? 0 : mean(active)
  refuseSilence(energies, Math.sqrt(energy))
  const gain = SPEECH_RMS / Math.sqrt(energy + 1e-12)
  const pad = Math.floor(PAD_SECONDS * target.sampleRateHz)
  const frames = Math.ceil((speech.length + 2 * pad) / target.samplesPerFrame)
  const prepared = new Float32Array(frames * target.samplesPerFrame)
  speech.forEach((sample, i) => {
    prepared[pad + i] = Math.min(1, Math.max(-1, sample * gain))
  })
  return prepared
}

/** The mean of the channels; the shortest decides the length. No channel gives no samples. */
export function mixToMono(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]
  const length = channels.length === 0 ? 0 : Math.min(...channels.map((channel) => channel.length))
  const mono = new Float32Array(length)
  for (let i = 0; i < length; i++) {
    let sum = 0
    for (const channel of channels) sum += channel[i]
    mono[i] = sum / channels.length
  }
  return mono
}

/**
 * A prepared recording -> what the Whisper tokenizer's mel reads: 16 kHz with one hop of silence behind, so that every
 * frame of the recording has its features.
 */
export function preparedToTokenizerSamples(
  prepared: Float32Array,
  { sampleRateHz, tokenizerSampleRateHz }: Pick<Manifest, 'sampleRateHz' | 'tokenizerSampleRateHz'>,
): Float32Array {
  const speech = resample(prepared, sampleRateHz, tokenizerSampleRateHz)
  const samples = new Float32Array(speech.length + tokenizerSampleRateHz / 100)
  samples.set(speech)
  return samples
}

/** numpy's linear percentile. */
function percentile(values: Float64Array, percent: number): number {
  const sorted = values.toSorted()
  const at = ((sorted.length - 1) * percent) / 100
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}

/** Mean square of whole blocks; a recording shorter than one block is one block. */
function blockEnergies(samples: Float32Array, blockSamples: number): Float64Array {
  const size = Math.min(blockSamples, samples.length)
  return Float64Array.from({ length: Math.floor(samples.length / size) }, (_, block) => {
    let sum = 0
    for (let i = block * size; i < (block + 1) * size; i++) sum += samples[i] ** 2
    return sum / size
  })
}

function refuseSilence(energies: Float64Array, rms: number): void {
  const isSteady = percentile(energies, 95) < STEADY_ENERGY_RATIO * percentile(energies, 5)
  if (rms >= FAINT_RMS || (rms >= NOTHING_RMS && !isSteady)) return
  const levelDb = rms > 0 ? Math.round(20 * Math.log10(rms)) : -Infinity
  throw new ConvergeError(
    'audio-silent',
    rms > 0
      ? `The recording holds no speech, only ${isSteady ? 'a steady sound' : 'traces'} at ${levelDb} dB below full scale. Check the microphone and its level.`
      : 'The recording is silent. Check the microphone and its level.',
    {
      levelDb: String(levelDb),
      isSteady,
      wantedDb: Math.round(20 * Math.log10(isSteady ? FAINT_RMS : NOTHING_RMS)),
    },
  )
}

function withoutDamage(samples: Float32Array): Float32Array {
  return samples.map((sample) => (Math.abs(sample) <= LARGEST_SAMPLE ? sample : 0))
}

function withoutOffset(samples: Float32Array): Float32Array {
  const offset = mean(samples)
  let energy = 0
  for (const sample of samples) energy += sample ** 2
  if (Math.abs(offset) <= OFFSET * Math.sqrt(energy / samples.length)) return samples
  return samples.map((sample) => sample - offset)
}

function mean(values: Float32Array | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
