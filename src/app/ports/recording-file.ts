/**
 * Owns: a file of sound becoming channels of samples, by the browser's own decoder (a WAV file is
 * left to the picture worker, which reads it alike in every browser). Length is checked before anything
 * is decoded, since two hours of sound would fill the tab's memory. Each way to be no recording has its own sentence.
 */
import { ConvergeError } from '../../speech/errors'
import type { SoundData } from '../../workers/spectrogram'
import { Scope } from '../scope'
import { formatClock } from '../words/format'

const RECORDING_LIMIT_SECONDS = 2 * 60 * 60
const FILE_LIMIT_BYTES = 500e6
const METADATA_TIMEOUT_MS = 8000
const DEFAULT_RATE_HZ = 48_000
/** Longer recordings are decoded at lower rates: the models need little more, and the tab keeps several copies. */
const LOWER_RATES: readonly (readonly [overSeconds: number, rateHz: number])[] = [
  [20 * 60, 16_000],
  [5 * 60, 24_000],
]
const CONTEXT_RATES_HZ = [8000, 96_000] as const

export type RecordingReader = (file: Blob) => Promise<SoundData>

function unreadable(detail: string): ConvergeError {
  return new ConvergeError(
    'audio-unreadable',
    'This file could not be read as sound. It may be damaged, or of a kind this browser does not know: WAV, MP3, FLAC, Ogg or M4A usually work.',
    { detail },
  )
}

/** @throws ConvergeError `audio-too-long` */
export function refuseTooLong(seconds: number): void {
  if (seconds <= RECORDING_LIMIT_SECONDS) return
  const [found, limit] = [formatClock(seconds), formatClock(RECORDING_LIMIT_SECONDS)]
  throw new ConvergeError(
    'audio-too-long',
    `This recording lasts ${found}; the longest is ${limit}, because all of it is held in this tab's memory. Cut out the part you need and open that.`,
    { seconds, limitSeconds: RECORDING_LIMIT_SECONDS },
  )
}

const empty = () => new ConvergeError('audio-empty', 'This file has no sound in it: it is 0 seconds long.')

const startsWith = (header: DataView, signature: string) =>
  header.byteLength >= 22 &&
  Array.from(signature).every((sign, i) => header.getUint8(i) === sign.charCodeAt(0))

/** The rate in a FLAC header (bits 144 to 163); undefined for the rest. */
function headerToRateHz(header: DataView): number | undefined {
  if (!startsWith(header, 'fLaC')) return undefined
  return (header.getUint8(18) << 12) | (header.getUint8(19) << 4) | (header.getUint8(20) >> 4)
}

/** Seconds as the media element reads them from the container; undefined where it can't tell. */
function readDuration(file: Blob): Promise<number | undefined> {
  const scope = new Scope()
  const audio = new Audio()
  const url = URL.createObjectURL(file)
  scope.add(() => URL.revokeObjectURL(url))
  return new Promise<number | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), METADATA_TIMEOUT_MS)
    scope.add(() => clearTimeout(timer))
    scope.listen(audio, 'loadedmetadata', () =>
      resolve(Number.isFinite(audio.duration) ? audio.duration : undefined),
    )
    scope.listen(audio, 'error', () => resolve(undefined))
    audio.preload = 'metadata'
    audio.src = url
  }).finally(() => {
    audio.removeAttribute('src')
    scope.dispose()
  })
}

function chooseRateHz(header: DataView, seconds: number | undefined): number {
  const own = headerToRateHz(header) ?? DEFAULT_RATE_HZ
  const most = LOWER_RATES.find(([overSeconds]) => (seconds ?? 0) > overSeconds)?.[1] ?? own
  const wanted = Math.min(own, most)
  return Math.min(CONTEXT_RATES_HZ[1], Math.max(CONTEXT_RATES_HZ[0], wanted))
}

export const readRecording: RecordingReader = async (file) => {
  if (file.size === 0) throw empty()
  if (file.size > FILE_LIMIT_BYTES) {
    throw new ConvergeError(
      'audio-too-long',
      `This file has ${Math.round(file.size / 1e6)} MB; the largest is ${FILE_LIMIT_BYTES / 1e6} MB. Cut out the part you need, or save it compressed, and open that.`,
      { bytes: file.size, limitBytes: FILE_LIMIT_BYTES },
    )
  }
  const seconds = await readDuration(file)
  refuseTooLong(seconds ?? 0)
  const header = new DataView(await file.slice(0, 64).arrayBuffer())
  if (startsWith(header, 'RIFF') || startsWith(header, 'RF64')) return { wav: await file.arrayBuffer() }
  const context = new OfflineAudioContext(1, 1, chooseRateHz(header, seconds))
  const decoded = await context.decodeAudioData(await file.arrayBuffer()).catch((thrown: unknown) => {
    // A valid container without a sample is refused by the decoder as well.
    throw seconds === 0 ? empty() : unreadable(String(thrown))
  })
  if (decoded.length === 0) throw empty()
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, i) => decoded.getChannelData(i))
  return { channels, sampleRateHz: decoded.sampleRate }
}
