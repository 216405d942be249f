/**
 * Owns: from the histories that a search ended with to what a person reads: the best words with their span in frames, each
 * one's probability and rivals, and whole readings. Probabilities are shares among all that the search still held.
 */
import type { Place } from './guide'
import { bestReadings, edgeShares, type LatticeNode } from './lattice'
import { BOUNDARY, type HeardSound } from './sounds'
import { UNKNOWN_WORD } from './word-model'

export interface SoundHistory {
  readonly sounds: readonly HeardSound[]
  /** ln of the language model's probability. */
  readonly score: number
  readonly place: Place
}

export interface Rival {
  readonly word: string
  readonly probability: number
}

export interface ReadWord {
  /** undefined: a word that the lexicon lacks. */
  readonly word: string | undefined
  /** Half-open range of the best history's sounds, without boundaries around them. */
  readonly firstSound: number
  readonly endSound: number
  readonly probability: number
  /** The likeliest first. */
  readonly rivals: readonly Rival[]
}

export interface Readings {
  readonly sounds: readonly HeardSound[]
  readonly words: readonly ReadWord[]
  /** Whole readings, the best first; a word that the lexicon lacks is undefined. */
  readonly texts: readonly { readonly words: readonly (string | undefined)[]; readonly probability: number }[]
}

export interface ReadingWeights {
  /** Multiplies the scores of words, as in the guide. */
  readonly lexical: number
  /** Multiplies all scores before they become probabilities: they are surer of themselves than they are right. */
  readonly sharpness: number
}

const MOST_RIVALS = 5
const LEAST_RIVAL = 0.01
const MOST_TEXTS = 5

/** A word on the common axis of all histories. */
interface Span {
  readonly word: string | undefined
  readonly startFrames: number
  readonly endFrames: number
  readonly probability: number
}

export function toReadings(
  histories: readonly SoundHistory[],
  words: readonly string[],
  { lexical, sharpness }: ReadingWeights,
): Readings {
  const nameOf = (id: number): string | undefined => (id === UNKNOWN_WORD ? undefined : words[id])
  const read = histories.flatMap((history) => {
    const nodes = bestReadings(history.place.column.endings, MOST_TEXTS)
    return nodes.map((reading) => ({ history, ...reading, total: history.score + lexical * reading.score }))
  })
  read.sort((a, b) => b.total - a.total)
  if (read.length === 0) return { sounds: histories[0]?.sounds ?? [], words: [], texts: [] }
  const [best] = read
  const texts = new Map<string, { words: (string | undefined)[]; share: number }>()
  for (const { nodes, total } of read) {
    const spoken = nodes.map(({ word }) => nameOf(word))
    const key = spoken.map((word) => word ?? '?').join(' ')
    const share = Math.exp(sharpness * (total - best.total))
    if (!texts.has(key)) texts.set(key, { words: spoken, share })
  }
  const all = [...texts.values()].reduce((sum, { share }) => sum + share, 0)
  const spans = historiesToSpans(histories, lexical, sharpness, nameOf)
  return {
    sounds: best.history.sounds,
    words: best.nodes.map((node, i) =>
      nodeToWord(best.history, best.nodes[i - 1]?.place ?? 0, node, nameOf(node.word), spans),
    ),
    texts: [...texts.values()]
      .slice(0, MOST_TEXTS)
      .map(({ words: spoken, share }) => ({ words: spoken, probability: share / all })),
  }
}

/** Every edge of every history's lattice, weighed by the history's share. */
function historiesToSpans(
  histories: readonly SoundHistory[],
  lexical: number,
  sharpness: number,
  nameOf: (id: number) => string | undefined,
): Span[] {
  const totals = histories.map(({ score, place }) => {
    const ends = place.column.endings.map((ending) => ending.score)
    return sharpness * (score + lexical * Math.max(-Infinity, ...ends))
  })
  const most = Math.max(...totals)
  const sum = totals.reduce((all, total) => all + Math.exp(total - most), 0)
  return histories.flatMap(({ sounds, place }, i): Span[] => {
    const share = Math.exp(totals[i] - most) / sum
    if (share < LEAST_RIVAL) return []
    const heardAt = placeToSound(sounds)
    const frames = (at: number) => (at === 0 ? 0 : sounds[heardAt[at - 1]].frames)
    return edgeShares(place.column.endings, sharpness * lexical).map(({ word, start, end, probability }) => ({
      word: nameOf(word),
      startFrames: frames(start),
      endFrames: frames(end),
      probability: share * probability,
    }))
  })
}

function nodeToWord(
  { sounds }: SoundHistory,
  startPlace: number,
  node: LatticeNode,
  word: string | undefined,
  spans: readonly Span[],
): ReadWord {
  const heardAt = placeToSound(sounds)
  let firstSound = heardAt[startPlace] ?? sounds.length
  let endSound = node.place < heardAt.length ? heardAt[node.place] : sounds.length
  while (firstSound < endSound - 1 && sounds[firstSound].sound === BOUNDARY) firstSound++
  while (endSound > firstSound + 1 && sounds[endSound - 1].sound === BOUNDARY) endSound--
  const startFrames = startPlace === 0 ? 0 : sounds[heardAt[startPlace - 1]].frames
  const endFrames = sounds[heardAt[node.place - 1]].frames
  const byWord = new Map<string | undefined, number>()
  for (const span of spans) {
    if (!isSamePlace(span, { startFrames, endFrames })) continue
    byWord.set(span.word, (byWord.get(span.word) ?? 0) + span.probability)
  }
  const rivals = [...byWord].flatMap(([name, probability]) =>
    name === undefined || name === word || probability < LEAST_RIVAL
      ? []
      : [{ word: name, probability: Math.min(1, probability) }],
  )
  return {
    word,
    firstSound,
    endSound,
    probability: Math.min(1, byWord.get(word) ?? 0),
    rivals: rivals.toSorted((a, b) => b.probability - a.probability).slice(0, MOST_RIVALS),
  }
}

/** Two spans are rivals where each holds the other's middle. */
function isSamePlace(
  a: Pick<Span, 'startFrames' | 'endFrames'>,
  b: Pick<Span, 'startFrames' | 'endFrames'>,
): boolean {
  const middleA = (a.startFrames + a.endFrames) / 2
  const middleB = (b.startFrames + b.endFrames) / 2
  return (
    middleA >= b.startFrames && middleA <= b.endFrames && middleB >= a.startFrames && middleB <= a.endFrames
  )
}

/** (place): index of each sound that counts; boundaries in a row count once. */
function placeToSound(sounds: readonly HeardSound[]): number[] {
  return sounds.flatMap(({ sound }, i) =>
    sound === BOUNDARY && sounds[i - 1]?.sound === BOUNDARY ? [] : [i],
  )
}
