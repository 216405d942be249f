/** Owns: the plain state of listening: what was recorded, what was heard of it, what went wrong. */
import type { PlainError } from '../../speech/errors'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { HeardPhone, ListenResult, TokenizerName } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'

export interface Recording {
  readonly title: string
  readonly soundId: SoundId
  readonly seconds: number
  /** What was really said, where that is known. */
  readonly said: string | null
}

export interface ExampleRecording {
  readonly file: string
  readonly title: string
  readonly text: string
  readonly credit: string
}

export interface ListenState {
  readonly tokenizer: TokenizerName
  readonly phase: 'idle' | 'opening' | 'recording' | 'waiting' | 'listening'
  readonly recording: Recording | null
  readonly recordedSeconds: number
  /** Loudest sample of the last moment, 0 … 1. */
  readonly level: number
  readonly progress: { readonly stage: string; readonly done: number; readonly total: number } | null
  readonly units: readonly Unit[]
  readonly phones: readonly HeardPhone[]
  readonly result: ListenResult | null
  /** Good to know, nothing failed: what was kept when a microphone went away. */
  readonly notice: string | null
  readonly error: PlainError | null
}

export const NOTHING_HEARD = { progress: null, units: [], phones: [], result: null } as const
