/** Owns: the plain state of listening: what was recorded, what was heard of it, what went wrong. */
import type { PlainError } from '../../speech/errors'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { LevelWarning } from '../../speech/4-wave/level'
import type { HeardPhone, HeardWord, ListenResult, TokenizerName } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import type { InputDevice } from '../ports/microphone'

export interface Recording {
  readonly title: string
  readonly soundId: SoundId
  readonly seconds: number
  /** What was really said, where that is known. */
  readonly said: string | null
}

export type About = Pick<Recording, 'title' | 'said'>

export interface ExampleRecording {
  readonly file: string
  readonly title: string
  readonly text: string
  readonly credit: string
}

export interface ListenState {
  readonly tokenizer: TokenizerName
  /** Files and finished recordings are heard several times over. */
  readonly closely: boolean
  readonly phase: 'idle' | 'opening' | 'recording' | 'waiting' | 'listening'
  readonly recording: Recording | null
  readonly recordedSeconds: number
  /** Loudest sample of the last moment, 0 … 1. */
  readonly level: number
  readonly levelWarning: LevelWarning | null
  readonly isPaused: boolean
  /** What the microphone hears: words that stay, and what the open utterance may be so far. */
  readonly live: { readonly words: readonly HeardWord[]; readonly supposed: readonly HeardWord[] }
  readonly devices: readonly InputDevice[]
  /** Null: the browser's choice. */
  readonly deviceId: string | null
  /** `download`: of a tokenizer that the models in use lack yet, in bytes. */
  readonly progress: {
    readonly stage: 'download' | 'listen'
    readonly done: number
    readonly total: number
  } | null
  readonly units: readonly Unit[]
  readonly phones: readonly HeardPhone[]
  /** Words that stay, as they come. */
  readonly words: readonly HeardWord[]
  readonly result: ListenResult | null
  /** Which tokenizer the result is of; the switch may show the other since. */
  readonly heardBy: TokenizerName | null
  /** Of this recording, the latest of each tokenizer. */
  readonly results: Readonly<Partial<Record<TokenizerName, ListenResult>>>
  /** Good to know, nothing failed: what was kept when a microphone went away. */
  readonly notice: string | null
  readonly error: PlainError | null
}

export const NOTHING_HEARD = {
  progress: null,
  units: [],
  phones: [],
  words: [],
  result: null,
  heardBy: null,
} as const

export const NO_INPUT = { level: 0, levelWarning: null, isPaused: false } as const

export const NOTHING_LIVE = { words: [], supposed: [] } as const

export const LISTEN_START: ListenState = {
  tokenizer: 'whisper',
  closely: false,
  phase: 'idle',
  recording: null,
  recordedSeconds: 0,
  devices: [],
  deviceId: null,
  notice: null,
  error: null,
  results: {},
  live: NOTHING_LIVE,
  ...NO_INPUT,
  ...NOTHING_HEARD,
}

export const otherTokenizer = (tokenizer: TokenizerName): TokenizerName =>
  tokenizer === 'whisper' ? 'mel' : 'whisper'
