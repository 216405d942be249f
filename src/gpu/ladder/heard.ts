/**
 * Owns: what listening gives: phones and words with their times and doubts. Times are seconds of the recording as given.
 */
import type { Phone } from '../../speech/3-units/vocabulary'

export interface HeardPhone {
  readonly phone: Phone
  readonly startSeconds: number
  readonly endSeconds: number
  readonly probability: number
}

export interface Rival {
  readonly word: string
  readonly probability: number
}

export interface HeardWord {
  readonly word: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** By search its share among all words it might be; by greedy listening the geometric mean of its phones'. */
  readonly probability: number
  /** What else it might be, the likeliest first; greedy listening has none. */
  readonly rivals?: readonly Rival[]
  /** `model` where the lexicon lacks the word and the language model spelled it. */
  readonly origin?: 'lexicon' | 'model'
}

/** Other ways to read one stretch of the recording. */
export interface HeardReading {
  readonly text: string
  readonly probability: number
}

/** What one stretch between pauses became. */
export interface HeardStretch {
  readonly phones: readonly HeardPhone[]
  readonly words: readonly HeardWord[]
  /** The best first; greedy listening has none. */
  readonly readings: readonly HeardReading[]
}

/** News while a stretch is heard: phones that will stay. */
export interface HeardNews {
  readonly phones: readonly HeardPhone[]
  readonly frames: number
}

/** Frames of a stretch to seconds of the recording. */
export type ToSeconds = (frames: number) => number

/** What a stretch begins with is no longer than this: before it nobody spoke. */
const LONGEST_FIRST_SECONDS = 0.4

/** A phone is due `delayFrames` after its last unit; it begins where the one before ended. */
export function placePhones(
  said: readonly { readonly phone: Phone; readonly frames: number; readonly probability: number }[],
  delayFrames: number,
  previousEnd: number,
  toSeconds: ToSeconds,
): HeardPhone[] {
  let startSeconds = previousEnd
  return said.map(({ phone, frames, probability }, i) => {
    const endSeconds = Math.max(startSeconds, toSeconds(frames - delayFrames))
    if (i === 0) startSeconds = Math.max(startSeconds, endSeconds - LONGEST_FIRST_SECONDS)
    const placed = { phone, startSeconds, endSeconds, probability }
    startSeconds = endSeconds
    return placed
  })
}
