/**
 * Owns: a WAV file's bytes -> samples. Reads what recorders really write: streams without a length, files cut short, odd and
 * unknown chunks. Every file that can't be read is a ConvergeError with the reason. Knows no file system.
 */
import { ConvergeError, type ErrorFacts } from '../errors'
import { findSampleFormat, formatName, type SampleFormat } from './wav-samples'

interface Recording {
  /** One array of samples a channel, all of one length, full scale ±1. Float files may hold NaN. */
  readonly channels: Float32Array<ArrayBuffer>[]
  readonly sampleRateHz: number
  /** The file ends before its own header says. */
  readonly truncated: boolean
}

interface WavFormat {
  readonly channels: number
  readonly sampleRateHz: number
  readonly frameBytes: number
  readonly sample: SampleFormat
}

interface DataRange {
  readonly first: number
  readonly end: number
  readonly truncated: boolean
}

const CHUNK_HEADER_BYTES = 8
const MOST_CHANNELS = 64
const EXTENSIBLE = 0xfffe
const UNKNOWN_LENGTH = 0xffffffff

/** How other files begin, to say what they are. */
const OTHER_FILES: readonly (readonly [start: string, name: string])[] = [
  ['fLaC', 'a FLAC file'],
  ['OggS', 'an Ogg file'],
  ['ID3', 'an MP3 file'],
  ['FORM', 'an AIFF file'],
  ['RIFX', 'a big-endian WAV file'],
  ['\u001aE\u00df\u00a3', 'a WebM or Matroska file'],
  ['caff', 'a CAF file'],
]

/** @throws ConvergeError `audio-unreadable` */
export function decodeWav(bytes: Uint8Array): Recording {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  refuseOtherFiles(bytes)
  let format: WavFormat | undefined
  /** Of an RF64 file, whose lengths are too great for 32 bits. */
  let longBytes: number | undefined
  let at = 12
  while (at + CHUNK_HEADER_BYTES <= bytes.length) {
    const id = text(bytes, at, 4)
    const size = view.getUint32(at + 4, true)
    const first = at + CHUNK_HEADER_BYTES
    if (id === 'fmt ') format = readFormat(view, first, Math.min(size, bytes.length - first))
    if (id === 'ds64') longBytes = readLongLength(view, first, Math.min(size, bytes.length - first))
    if (id === 'data') {
      if (format === undefined) throw unreadable('has its sound before its description (no fmt chunk)', {})
      const length = size === UNKNOWN_LENGTH ? (longBytes ?? size) : size
      return readSamples(view, format, dataRange(bytes, first, length))
    }
    // A chunk of odd size is followed by one byte of padding.
    at = first + size + (size % 2)
  }
  const missing = format === undefined ? 'fmt ' : 'data'
  throw unreadable(`ends without its ${missing.trim()} chunk`, { missing, bytes: bytes.length })
}

function refuseOtherFiles(bytes: Uint8Array): void {
  const start = text(bytes, 0, 4)
  if ((start === 'RIFF' || start === 'RF64') && text(bytes, 8, 4) === 'WAVE') return
  const other = OTHER_FILES.find(([sign]) => start.startsWith(sign))?.[1]
  const isMp4 = text(bytes, 4, 4) === 'ftyp'
  const what = other ?? (isMp4 ? 'an MP4 file' : bytes.length < 12 ? 'too short' : 'no WAV file')
  throw unreadable(`is ${what}: a WAV file is wanted`, { found: what, bytes: bytes.length })
}

function readFormat(view: DataView, first: number, size: number): WavFormat {
  if (size < 16)
    throw unreadable('has a description of its format that is cut short', { wanted: 16, found: size })
  const channels = view.getUint16(first + 2, true)
  const sampleRateHz = view.getUint32(first + 4, true)
  const blockBytes = view.getUint16(first + 12, true)
  const bits = view.getUint16(first + 14, true)
  let tag = view.getUint16(first, true)
  // In the extensible form the tag proper is the first word of the sub-format's GUID.
  if (tag === EXTENSIBLE && size >= 26) tag = view.getUint16(first + 24, true)
  if (channels < 1 || channels > MOST_CHANNELS) {
    throw unreadable(`claims ${channels} channels (1 to ${MOST_CHANNELS} can be read)`, { channels })
  }
  if (sampleRateHz === 0) throw unreadable('claims a sample rate of 0 Hz', { sampleRateHz })
  // Some writers keep 24 bits in four bytes and say so in the block size alone.
  const needed = Math.ceil(bits / 8)
  const container = blockBytes / channels
  const sampleBytes = Number.isInteger(container) && container >= needed ? container : needed
  const sample = findSampleFormat(tag, sampleBytes)
  if (sample === undefined) {
    throw unreadable(`holds ${formatName(tag)} of ${bits} bits; PCM, float, A-law and µ-law can be read`, {
      tag,
      bits,
    })
  }
  return { channels, sampleRateHz, frameBytes: sampleBytes * channels, sample }
}

/** Bytes of the sound; undefined where its writer never filled them in. */
function readLongLength(view: DataView, first: number, size: number): number | undefined {
  if (size < 16) return undefined
  const length = Number(view.getBigUint64(first + 8, true))
  return length > 0 && Number.isSafeInteger(length) ? length : undefined
}

/** Where the samples stand. A length of 0 or 2^32 - 1 is a stream's whose writer never came back: all the rest is sound. */
function dataRange(bytes: Uint8Array, first: number, size: number): DataRange {
  const rest = bytes.length - first
  if (size === UNKNOWN_LENGTH || (size === 0 && !looksLikeChunk(bytes, first))) {
    return { first, end: bytes.length, truncated: false }
  }
  return { first, end: first + Math.min(size, rest), truncated: size > rest }
}

/** Whether another chunk follows, so that an empty data chunk is really empty. */
function looksLikeChunk(bytes: Uint8Array, at: number): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{2}[A-Za-z0-9_ ]$/.test(text(bytes, at, 4))
}

function readSamples(view: DataView, format: WavFormat, { first, end, truncated }: DataRange): Recording {
  const { channels, frameBytes, sample, sampleRateHz } = format
  const length = Math.floor((end - first) / frameBytes)
  return {
    channels: Array.from({ length: channels }, (_, channel) => {
      const samples = new Float32Array(length)
      const start = first + channel * sample.bytes
      for (let i = 0; i < length; i++) samples[i] = sample.read(view, start + i * frameBytes)
      return samples
    }),
    sampleRateHz,
    truncated,
  }
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

function unreadable(problem: string, facts: ErrorFacts): ConvergeError {
  return new ConvergeError('audio-unreadable', `The file can't be read: it ${problem}.`, facts)
}
