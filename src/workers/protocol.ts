/**
 * Owns: every message between the page and the speech worker, as two discriminated unions. A request carries an `id`
 * that all of its answers repeat; it ends with exactly one of its own last message (`LAST_MESSAGES`), `failed` or
 * `cancelled`; `engine-changed` alone may come later. Units of every number are in its name. Knows no engine and no DOM.
 */
import type { HeardPhone, HeardReading, HeardWord } from '../gpu/ladder/heard'
import type { PlainError } from '../speech/errors'
import type { VocoderMoves } from '../speech/4-wave/moves'
import type { Phone, Unit } from '../speech/3-units/vocabulary'
import type { EngineMessage, LoadRequest, TokenizerName } from './engine-protocol'
import type { ListenFamilyMessage, ListenFamilyRequest } from './listen-protocol'
import type { PlanningMessage, PlanningRequest, SpeakPlan, VoiceChoice, WantedSpeech } from './plan-protocol'
import type { Cuts, TakesMessage, TakesRequest } from './takes-protocol'

export type { HeardPhone, HeardWord }
export type * from './engine-protocol'
export type * from './listen-protocol'
export type * from './plan-protocol'
export type * from './takes-protocol'

export interface SpeakRequest extends WantedSpeech {
  readonly type: 'speak'
  readonly id: number
  readonly temperature: number
  readonly cuts: Cuts
  readonly seed: number
}

export interface ListenRequest {
  readonly type: 'listen'
  readonly id: number
  /** Mono, any rate; transferred. */
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
  readonly tokenizer: TokenizerName
  /** Heard several times: fewer words of strangers wrong, about four times as long. */
  readonly closely?: boolean
}

/** The voice of a recording. */
export interface VoiceRequest {
  readonly type: 'voice'
  readonly id: number
  /** Mono, any rate; transferred. */
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
}

export interface DecodeRequest {
  readonly type: 'decode'
  readonly id: number
  readonly units: readonly Unit[]
  readonly voice: VoiceChoice
  readonly moves?: VocoderMoves
  readonly seed: number
}

export type ClientMessage =
  | LoadRequest
  | SpeakRequest
  | ListenRequest
  | VoiceRequest
  | DecodeRequest
  | PlanningRequest
  | TakesRequest
  | ListenFamilyRequest
  | { readonly type: 'cancel'; readonly id: number }

export interface SpeakResult {
  readonly units: readonly Unit[]
  /** Those of the plan. */
  readonly phones: readonly Phone[]
  /** Frames of each phone, same length as `phones`. */
  readonly durationsFrames: readonly number[]
  readonly seconds: number
  readonly firstSampleMs: number
  readonly totalMs: number
}

export interface ListenResult {
  readonly text: string
  readonly words: readonly HeardWord[]
  readonly phones: readonly HeardPhone[]
  readonly units: readonly Unit[]
  readonly seconds: number
  readonly totalMs: number
  /** Ways to read each stretch between pauses, the best first. */
  readonly readings?: readonly (readonly HeardReading[])[]
}

export type WorkerMessage =
  | EngineMessage
  | PlanningMessage
  | TakesMessage
  | ListenFamilyMessage
  /** Bytes while loading, frames while working. `total` is 0 when unknown. */
  | {
      readonly type: 'progress'
      readonly id: number
      readonly stage: 'download' | 'draw' | 'listen'
      readonly done: number
      readonly total: number
      readonly unit: 'bytes' | 'frames'
    }
  | { readonly type: 'planned'; readonly id: number; readonly plan: SpeakPlan }
  /** Newly drawn units and how far they reach in the phones: phone index of each unit. */
  | {
      readonly type: 'drawn'
      readonly id: number
      readonly units: readonly Unit[]
      readonly phoneIndexes: readonly number[]
    }
  /** The next stretch of sound; transferred. */
  | { readonly type: 'audio'; readonly id: number; readonly samples: Float32Array<ArrayBuffer> }
  /** The recording as the tokenizer hears it has become these units. */
  | { readonly type: 'tokenized'; readonly id: number; readonly units: readonly Unit[] }
  /** Newly heard phones, in order. */
  | { readonly type: 'heard'; readonly id: number; readonly phones: readonly HeardPhone[] }
  | { readonly type: 'spoken'; readonly id: number; readonly result: SpeakResult }
  | { readonly type: 'understood'; readonly id: number; readonly result: ListenResult }
  | { readonly type: 'voice-made'; readonly id: number; readonly voice: readonly number[] }
  | { readonly type: 'decoded'; readonly id: number; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError }
  | { readonly type: 'cancelled'; readonly id: number }

/** Every request that goes well ends with one of these. */
export const LAST_MESSAGES = [
  'loaded',
  'spoken',
  'understood',
  'voice-made',
  'decoded',
  'plan-made',
  'word-read',
  'grid-drawn',
  'sounded',
  'chances-told',
  'branched',
  'alternative-heard',
  'round-tripped',
  'averaged',
  'digits-told',
  'measured',
] as const satisfies readonly WorkerMessage['type'][]
