/**
 * Owns: one picture of an utterance on a time axis (phones, words and units with their seconds), whichever way it was
 * made. Pure functions from takes and from what was heard. Seconds everywhere.
 */
import type { HeardPhone, HeardWord, SpeakPlan, SpokenWord } from '../../workers/protocol'
import { PAD_SECONDS } from '../../speech/4-wave/prepare'
import type { Phone, Unit } from '../../speech/3-units/vocabulary'

export interface PhoneSpan {
  readonly phone: Phone
  readonly startSeconds: number
  readonly endSeconds: number
  /** Only where it was heard. */
  readonly probability?: number
}

export interface WordSpan {
  readonly word: string
  readonly startSeconds: number
  readonly endSeconds: number
  readonly probability?: number
  readonly origin?: SpokenWord['origin']
}

export interface Timeline {
  readonly seconds: number
  readonly phones: readonly PhoneSpan[]
  readonly words: readonly WordSpan[]
  readonly units: readonly Unit[]
  readonly unitSeconds: number
  /** Of the first unit: what was heard was given a margin of silence before it. */
  readonly unitsStartSeconds: number
}

/** Enough to know when a unit is. */
export type UnitClock = Pick<Timeline, 'unitSeconds' | 'unitsStartSeconds'>

/** When a unit begins. @param index halves are middles */
export const unitToSeconds = ({ unitSeconds, unitsStartSeconds }: UnitClock, index: number): number =>
  unitsStartSeconds + index * unitSeconds

/** @returns the unit's index; below 0 or past the last where there is none */
export const secondsToUnit = ({ unitSeconds, unitsStartSeconds }: UnitClock, seconds: number): number =>
  Math.floor((seconds - unitsStartSeconds) / unitSeconds)

export interface Spoken {
  readonly phones: readonly Phone[]
  readonly durationsFrames: readonly number[]
  readonly units: readonly Unit[]
}

export function spokenToTimeline(
  spoken: Spoken,
  plan: Pick<SpeakPlan, 'phones' | 'words'>,
  frameRateHz: number,
): Timeline {
  const unitSeconds = 1 / frameRateHz
  let frames = 0
  const phones = spoken.phones.map((phone, i): PhoneSpan => {
    const startSeconds = frames * unitSeconds
    frames += spoken.durationsFrames[i] ?? 0
    return { phone, startSeconds, endSeconds: frames * unitSeconds }
  })
  // The spoken phones open with a silence that the plan doesn't have.
  const offset = spoken.phones[0] === '_' && plan.phones[0] !== '_' ? 1 : 0
  const words = plan.words.flatMap(({ word, firstPhone, endPhone, origin }): WordSpan[] => {
    const first = phones[firstPhone + offset]
    const last = phones[endPhone + offset - 1]
    if (!first || !last || endPhone <= firstPhone) return []
    return [{ word, origin, startSeconds: first.startSeconds, endSeconds: last.endSeconds }]
  })
  const seconds = Math.max(frames, spoken.units.length) * unitSeconds
  return { seconds, phones, words, units: spoken.units, unitSeconds, unitsStartSeconds: 0 }
}

export function heardToTimeline(
  heard: {
    readonly seconds: number
    readonly units: readonly Unit[]
    readonly phones: readonly HeardPhone[]
    readonly words: readonly HeardWord[]
  },
  frameRateHz: number,
): Timeline {
  const { seconds, units, phones, words } = heard
  return { seconds, units, phones, words, unitSeconds: 1 / frameRateHz, unitsStartSeconds: -PAD_SECONDS }
}

/** Index of the span that holds a moment, or -1. Spans are in order and don't overlap. */
export function spanAt(
  spans: readonly { readonly startSeconds: number; readonly endSeconds: number }[],
  atSeconds: number,
): number {
  const found = firstEndingAfter(spans, atSeconds)
  return found < spans.length && spans[found].startSeconds <= atSeconds ? found : -1
}

/** Half-open index range of the spans that touch a stretch of time. */
export function spansWithin(
  spans: readonly { readonly startSeconds: number; readonly endSeconds: number }[],
  startSeconds: number,
  endSeconds: number,
): readonly [first: number, end: number] {
  const first = firstEndingAfter(spans, startSeconds)
  let end = first
  while (end < spans.length && spans[end].startSeconds < endSeconds) end += 1
  return [first, end]
}

function firstEndingAfter(spans: readonly { readonly endSeconds: number }[], atSeconds: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle].endSeconds > atSeconds) high = middle
    else low = middle + 1
  }
  return low
}
