/**
 * Owns: how likely each word is at one place of the sound: its share among all that the search still held, moved by what was
 * learned of whole readings afterwards. Places are frames, which all histories share.
 */
import type { SoundHistory } from './readings'
import { edgeShares } from './lattice'
import { BOUNDARY, type HeardSound } from './sounds'
import { UNKNOWN_WORD } from './word-model'

interface Stretch {
  readonly startFrames: number
  readonly endFrames: number
}

/** undefined: a word that the lexicon lacks. */
export interface PlacedWord extends Stretch {
  readonly word: string | undefined
}

export interface Span extends PlacedWord {
  readonly probability: number
}

/** A whole reading with its share before and after more was known. */
export interface MovedReading {
  readonly spans: readonly PlacedWord[]
  readonly before: number
  readonly after: number
}

/** A history with less than this tells nothing that counts. */
const LEAST_SHARE = 0.01
/** Of what readings outside the list may hold: no word is ruled out, or in, by a short list. */
const SPARE_SHARE = 0.05

export const idToWord = (id: number, words: readonly string[]): string | undefined =>
  id === UNKNOWN_WORD ? undefined : words[id]

/** Every edge of every history's lattice, weighed by the history's share. */
export function historiesToSpans(
  histories: readonly SoundHistory[],
  lexical: number,
  sharpness: number,
  words: readonly string[],
): Span[] {
  const shares = toShares(
    histories.map(({ score, place }) => {
      const ends = place.column.endings.map((ending) => ending.score)
      return sharpness * (score + lexical * Math.max(-Infinity, ...ends))
    }),
  )
  return histories.flatMap(({ sounds, place }, i): Span[] => {
    if (shares[i] < LEAST_SHARE) return []
    const frames = placeToFrames(sounds)
    return edgeShares(place.column.endings, sharpness * lexical).map(({ word, start, end, probability }) => ({
      word: idToWord(word, words),
      startFrames: frames(start),
      endFrames: frames(end),
      probability: shares[i] * probability,
    }))
  })
}

/** What each word's share is where `place` is; shares add up to what the search gave them together. */
export function sharesAt(
  place: Stretch,
  spans: readonly Span[],
  moved: readonly MovedReading[],
): Map<string | undefined, number> {
  const searched = new Map<string | undefined, number>()
  for (const span of spans) {
    if (isSamePlace(span, place)) searched.set(span.word, (searched.get(span.word) ?? 0) + span.probability)
  }
  const factor = (word: string | undefined) => {
    let [before, after] = [SPARE_SHARE, SPARE_SHARE]
    for (const reading of moved) {
      if (!reading.spans.some((span) => span.word === word && isSamePlace(span, place))) continue
      before += reading.before
      after += reading.after
    }
    return after / before
  }
  const shares = [...searched].map(([word, share]) => [word, share * factor(word)] as const)
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
  const scale = Math.min(1, sum(searched.values())) / (sum(shares.map(([, share]) => share)) || 1)
  return new Map(shares.map(([word, share]) => [word, Math.min(1, share * scale)]))
}

/** Two spans are rivals where each holds the other's middle. */
function isSamePlace(a: Stretch, b: Stretch): boolean {
  const middleA = (a.startFrames + a.endFrames) / 2
  const middleB = (b.startFrames + b.endFrames) / 2
  return (
    middleA >= b.startFrames && middleA <= b.endFrames && middleB >= a.startFrames && middleB <= a.endFrames
  )
}

/** (place): index of each sound that counts; boundaries in a row count once. */
export function placeToSound(sounds: readonly HeardSound[]): number[] {
  return sounds.flatMap(({ sound }, i) =>
    sound === BOUNDARY && sounds[i - 1]?.sound === BOUNDARY ? [] : [i],
  )
}

/** When the sound before each place was said. */
export function placeToFrames(sounds: readonly HeardSound[]): (place: number) => number {
  const heardAt = placeToSound(sounds)
  return (place) => (place === 0 ? 0 : sounds[heardAt[place - 1]].frames)
}

/** ln scores, whatever they add up to, to shares. */
export function toShares(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  const shares = scores.map((score) => Math.exp(score - most))
  const sum = shares.reduce((all, share) => all + share, 0)
  return shares.map((share) => share / sum)
}
