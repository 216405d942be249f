/**
 * Owns: WAV files that no recorder would write, made in memory. Numbers are those of the header, whatever the data.
 */
import type { GivenFile } from './parts'

const PCM = 1
const FLOAT = 3

interface WavShape {
  readonly rateHz: number
  readonly channels?: number
  readonly bits?: 8 | 16 | 32
  readonly tag?: typeof PCM | typeof FLOAT
}

/** A RIFF header before the given data. */
export function wavFile(name: string, shape: WavShape, data: Buffer): Exclude<GivenFile, string> {
  const { rateHz, channels = 1, bits = 16, tag = PCM } = shape
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(tag, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rateHz, 24)
  header.writeUInt32LE((rateHz * channels * bits) / 8, 28)
  header.writeUInt16LE((channels * bits) / 8, 32)
  header.writeUInt16LE(bits, 34)
  header.write('data', 36)
  header.writeUInt32LE(data.length, 40)
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([header, data]) }
}

/** Mono samples at one rate -> 16-bit samples at another, the same on every channel. Straight lines between samples. */
export function pcmData(samples: Float32Array, fromHz: number, toHz: number, channels = 1): Buffer {
  const length = Math.floor((samples.length * toHz) / fromHz)
  const data = Buffer.alloc(length * channels * 2)
  for (let i = 0; i < length; i++) {
    const at = (i * fromHz) / toHz
    const before = Math.floor(at)
    const next = samples[Math.min(before + 1, samples.length - 1)]
    const value = samples[before] + (at - before) * (next - samples[before])
    for (let channel = 0; channel < channels; channel++) {
      data.writeInt16LE(Math.round(value * 32767), (i * channels + channel) * 2)
    }
  }
  return data
}

/** Every sample is the one that the header's float format can't mean. */
export const nanFile = (seconds: number): GivenFile => {
  const data = Buffer.alloc(seconds * 16_000 * 4)
  for (let at = 0; at < data.length; at += 4) data.writeFloatLE(Number.NaN, at)
  return wavFile('nan.wav', { rateHz: 16_000, bits: 32, tag: FLOAT }, data)
}

/** 8-bit silence has the value 128. */
export const hoursFile = (hours: number): GivenFile =>
  wavFile('hours.wav', { rateHz: 4000, bits: 8 }, Buffer.alloc(hours * 3600 * 4000, 128))

export const zerosFile = (seconds: number): GivenFile =>
  wavFile('silence.wav', { rateHz: 16_000 }, Buffer.alloc(seconds * 16_000 * 2))
