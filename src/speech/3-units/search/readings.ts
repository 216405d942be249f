/**
 * Owns: from the histories that a search ended with to what a person reads: the best words with their span in frames, each
 * one's probability and rivals, and whole readings. Probabilities are shares among all that the search still held.
 */
import type { Place } from './guide'
import { createReadingFinder, type LatticeNode } from './lattice'
import { BOUNDARY, type HeardSound } from './sounds'
import { UNKNOWN_WORD, type WordModel } from './word-model'
import {
  historiesToSpans,
  idToWord,
  placeToFrames,
  placeToSound,
  sharesAt,
  toShares,
  type PlacedWord,
} from './word-shares'

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
  /** Multiplies the scores of words, as in the guide, and the word model's share of them. */
  readonly lexical: number
  readonly language: number
  /** Multiplies what a second word of history changes. */
  readonly secondWord: number
  /** Multiplies all scores before they become probabilities: they are surer of themselves than they are right. */
  readonly sharpness: number
  /** Whole readings looked at with two words of history; kept: how many, and how many nats below the best. */
  readonly mostLookedAt: number
  readonly mostTexts: number
  readonly textsWidth: number
}

const MOST_RIVALS = 5
const LEAST_RIVAL = 0.01

/** One way to read a whole stretch. */
export interface Candidate {
  readonly history: SoundHistory
  /** Word endings in order. */
  readonly nodes: readonly LatticeNode[]
  /** undefined: a word that the lexicon lacks. */
  readonly words: readonly (string | undefined)[]
  /** ln, of sounds and words together, as the search had it: a word of history. */
  readonly score: number
  /** What two words of history change, ln. */
  readonly gain: number
}

/** The best readings of all histories, the best first, no two with the same words. */
export function listCandidates(
  histories: readonly SoundHistory[],
  words: readonly string[],
  model: WordModel,
  { lexical, language, secondWord, mostLookedAt, mostTexts, textsWidth }: ReadingWeights,
): Candidate[] {
  const findReadings = createReadingFinder(mostLookedAt)
  const all = histories.flatMap((history) =>
    findReadings(history.place.column.endings).map(({ nodes, score }): Candidate => ({
      history,
      nodes,
      words: nodes.map(({ word }) => idToWord(word, words)),
      score: history.score + lexical * score,
      gain: lexical * language * secondWord * historyGain(nodes, model),
    })),
  )
  const whole = ({ score, gain }: Candidate) => score + gain
  const distinct = new Map<string, Candidate>()
  for (const candidate of all.toSorted((a, b) => whole(b) - whole(a))) {
    const key = candidate.words.map((word) => word ?? '?').join(' ')
    if (!distinct.has(key)) distinct.set(key, candidate)
  }
  const kept = [...distinct.values()].slice(0, mostTexts)
  return kept.filter((candidate) => whole(candidate) >= whole(kept[0]) - textsWidth)
}

/** ln of how much likelier the words are after two words each than after one. */
function historyGain(nodes: readonly LatticeNode[], model: WordModel): number {
  return nodes.reduce((gain, { word }, i) => {
    if (i === 0 || word === UNKNOWN_WORD) return gain
    const history = nodes[i - 1].word
    return (
      gain + model.afterTwo(nodes[i - 2]?.word ?? model.start, history, word) - model.after(history, word)
    )
  }, 0)
}

/**
 * @param candidates of these histories, in any order
 * @param more (candidate): what else speaks for each, ln; zeros where nothing does
 */
export function toReadings(
  histories: readonly SoundHistory[],
  candidates: readonly Candidate[],
  more: readonly number[],
  words: readonly string[],
  { lexical, sharpness }: ReadingWeights,
): Readings {
  if (candidates.length === 0) return { sounds: histories[0]?.sounds ?? [], words: [], texts: [] }
  const before = toShares(candidates.map(({ score }) => sharpness * score))
  const after = toShares(candidates.map(({ score, gain }, i) => sharpness * (score + gain + more[i])))
  const spans = historiesToSpans(histories, lexical, sharpness, words)
  const moved = candidates.map((candidate, i) => ({
    spans: candidateToSpans(candidate),
    before: before[i],
    after: after[i],
  }))
  const order = after.map((_, i) => i).toSorted((a, b) => after[b] - after[a])
  const best = candidates[order[0]]
  const shares = (place: PlacedWord) => sharesAt(place, spans, moved)
  return {
    sounds: best.history.sounds,
    words: candidateToWords(best, moved[order[0]].spans, shares),
    texts: order.map((i) => ({ words: candidates[i].words, probability: after[i] })),
  }
}

/** Where each of a candidate's words stands. */
function candidateToSpans({ history, nodes, words }: Candidate): PlacedWord[] {
  const frames = placeToFrames(history.sounds)
  return nodes.map(({ place }, i) => ({
    word: words[i],
    startFrames: frames(nodes[i - 1]?.place ?? 0),
    endFrames: frames(place),
  }))
}

/** @param places of its words */
function candidateToWords(
  { history: { sounds }, nodes }: Candidate,
  places: readonly PlacedWord[],
  sharesIn: (place: PlacedWord) => Map<string | undefined, number>,
): ReadWord[] {
  const heardAt = placeToSound(sounds)
  const soundAt = (place: number) => heardAt[place] ?? sounds.length
  return nodes.map((node, i) => {
    let firstSound = soundAt(nodes[i - 1]?.place ?? 0)
    let endSound = soundAt(node.place)
    while (firstSound < endSound - 1 && sounds[firstSound].sound === BOUNDARY) firstSound++
    while (endSound > firstSound + 1 && sounds[endSound - 1].sound === BOUNDARY) endSound--
    const { word } = places[i]
    const shares = sharesIn(places[i])
    const rivals = [...shares].flatMap(([name, probability]) =>
      name === undefined || name === word || probability < LEAST_RIVAL ? [] : [{ word: name, probability }],
    )
    return {
      word,
      firstSound,
      endSound,
      probability: shares.get(word) ?? 0,
      rivals: rivals.toSorted((a, b) => b.probability - a.probability).slice(0, MOST_RIVALS),
    }
  })
}
