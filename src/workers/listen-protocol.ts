/**
 * Owns: the part of the protocol that is about listening beyond one recording: words as they come, the microphone while it
 * is open, and how wrong a transcript is. `protocol.ts` joins these messages to the rest.
 */
import type { HeardWord } from '../gpu/ladder/heard'
import type { TokenizerName } from '../gpu/networks'
import type { ErrorRate } from '../speech/measure/errorRate'
import type { Phone } from '../speech/3-units/vocabulary'

/**
 * Opens the microphone's way down the ladder; it ends with `understood` for all that was said. Samples and the end are
 * messages of the same id, and are not answered themselves.
 */
export interface LiveRequest {
  readonly type: 'live'
  readonly id: number
  readonly sampleRateHz: number
  readonly tokenizer: TokenizerName
}

export type LiveNews =
  /** Mono, the next in order; transferred. */
  | { readonly type: 'live-samples'; readonly id: number; readonly samples: Float32Array<ArrayBuffer> }
  | { readonly type: 'live-end'; readonly id: number }

/** What was heard against what was said. */
export interface MeasureRequest {
  readonly type: 'measure'
  readonly id: number
  readonly reference: string
  readonly text: string
  readonly phones: readonly Phone[]
}

export type ListenFamilyRequest = LiveRequest | LiveNews | MeasureRequest

export interface MeasureResult {
  readonly words: ErrorRate
  /** Without stress and pauses. */
  readonly phones: ErrorRate
}

export type ListenFamilyMessage =
  /** Newly heard words, in order; they stay. */
  | { readonly type: 'worded'; readonly id: number; readonly words: readonly HeardWord[] }
  /** What the utterance that is being spoken may be; each such message takes the place of the one before. */
  | { readonly type: 'supposed'; readonly id: number; readonly words: readonly HeardWord[] }
  | { readonly type: 'measured'; readonly id: number; readonly result: MeasureResult }
