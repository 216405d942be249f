/**
 * Owns: the part of the protocol that is about what will be said before anything is drawn: the wish, the phones it becomes,
 * and the ways to read one word. `protocol.ts` joins these messages to the rest.
 */
import type { VoiceChoice } from '../gpu/ladder/voice'
import type { WordReading } from '../gpu/ladder/word-readings'
import type { Pronunciations, WordOrigin } from '../speech/2-phones/plan-phones'
import type { HeldFrames } from '../speech/3-units/streams/speak'
import type { Phone } from '../speech/3-units/vocabulary'
import type { VocoderMoves } from '../speech/4-wave/moves'

export type { VoiceChoice, WordReading }

/** What is said, by whom and how: all that chance has no part in. */
export interface WantedSpeech {
  readonly text: string
  /** When given, spoken as they are; the text then only names the words. */
  readonly phones?: readonly Phone[]
  /** How a person wants words of the text said. */
  readonly pronunciations?: Pronunciations
  readonly voice: VoiceChoice
  /** Of the vocoder's controls. */
  readonly moves?: VocoderMoves
}

export interface SpokenWord {
  readonly word: string
  /** Half-open range of the plan's phones. */
  readonly firstPhone: number
  readonly endPhone: number
  /** Whose pronunciation: the lexicon's, the model's own, its letters named one by one, or a person's. */
  readonly origin: WordOrigin
}

/** What the text became, known before the first unit is drawn. */
export interface SpeakPlan {
  /** With the silences at both ends of every utterance. */
  readonly phones: readonly Phone[]
  /** Of each phone, where a person decided how long it is. */
  readonly held?: HeldFrames
  /** Where in `phones` each utterance ends. */
  readonly utteranceEnds: readonly number[]
  readonly words: readonly SpokenWord[]
  /** Signs that could not be read aloud, each once. */
  readonly skipped: readonly string[]
}

/** Phones of a text, and nothing drawn. */
export interface PlanRequest extends Pick<WantedSpeech, 'text' | 'phones' | 'pronunciations'> {
  readonly type: 'plan'
  readonly id: number
}

/** The ways to say a word, in small letters. */
export interface ReadWordRequest {
  readonly type: 'read-word'
  readonly id: number
  readonly word: string
}

export type PlanningRequest = PlanRequest | ReadWordRequest

export type PlanningMessage =
  /** The last of a request for a plan. */
  | { readonly type: 'plan-made'; readonly id: number; readonly plan: SpeakPlan }
  /** The likeliest first. */
  | { readonly type: 'word-read'; readonly id: number; readonly readings: readonly WordReading[] }
