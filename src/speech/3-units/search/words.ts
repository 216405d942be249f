/**
 * Owns: heard sounds to words: token passing through the lexicon's trie with the channel's scores for sounds and the word
 * model's for words. A *column* is every place in the trie worth keeping after some heard sounds; columns are values, so
 * that several histories of sounds can grow from one. Words the lexicon lacks are a run of sounds at a price.
 */
import quickselect from 'quickselect'
import type { Channel, SlotScores } from './hearing'
import type { LatticeNode } from './lattice'
import { BOUNDARY } from './sounds'
import { bestBelow, NO_NODE, ROOT, type NodeId, type Trie } from './trie'
import { UNKNOWN_WORD, type WordModel } from './word-model'

export interface WordWeights {
  /** Multiplies the word model's ln probabilities. */
  readonly language: number
  /** Added for every word. */
  readonly eachWord: number
  /** Added for a word that the lexicon lacks, and for each of its sounds. */
  readonly unknownWord: number
  readonly unknownSound: number
  /** Column: scores kept below the best, and how many. */
  readonly width: number
  readonly most: number
}

/** One way into a word. */
interface Token {
  /** IN_UNKNOWN within a word that the lexicon lacks. */
  readonly node: NodeId
  /** The word ending after which this word began. */
  readonly from: LatticeNode
  readonly score: number
}

export interface Column {
  readonly place: number
  readonly tokens: readonly Token[]
  /** Words that end here. */
  readonly endings: readonly LatticeNode[]
  readonly best: number
}

export interface WordSearch {
  readonly start: Column
  next(column: Column, slot: SlotScores): Column
}

const IN_UNKNOWN: NodeId = -2
export function createWordSearch(
  trie: Trie,
  model: WordModel,
  channel: Channel,
  weights: WordWeights,
): WordSearch {
  const { language, eachWord, width, most } = weights
  const { firstChild, nextSibling, sound, wordStart, wordIds } = trie
  const bound = bestBelow(trie, (word) => language * model.alone(word))
  const { missed } = channel
  const mostMissed = Math.max(...missed)

  /** A column under construction: the best token of each history and node, the edges of each ending word. */
  function build(place: number) {
    const byHistory = new Map<number, Map<NodeId, Token>>()
    const endings = new Map<number, LatticeNode>()
    let best = -Infinity
    /** What is worse than the best `most` tokens is not taken any more. */
    let floor = -Infinity
    const least = () => Math.max(best - width, floor)
    let lastHistory: number | undefined
    let tokens = new Map<NodeId, Token>()
    function choose(history: number): void {
      tokens = byHistory.get(history) ?? new Map<NodeId, Token>()
      byHistory.set(history, tokens)
      lastHistory = history
    }
    function add(node: NodeId, from: LatticeNode, score: number): void {
      if (score < floor || score < best - width) return
      if (from.word !== lastHistory) choose(from.word)
      const other = tokens.get(node)
      if (other && other.score >= score) return
      tokens.set(node, { node, from, score })
      if (score > best) best = score
    }
    function addEnding(word: number, from: LatticeNode, score: number): void {
      if (score < best - width) return
      const edge = { from, score: score - from.score }
      const other = endings.get(word)
      if (!other) endings.set(word, { place, word, score, edges: [edge] })
      else {
        other.edges.push(edge)
        if (score > other.score) other.score = score
      }
    }
    /** The best tokens, about `most`. */
    function kept(): Token[] {
      const found: Token[] = []
      for (const some of byHistory.values()) {
        for (const token of some.values()) if (token.score >= least()) found.push(token)
      }
      if (found.length <= most) return found
      const scores = found.map(({ score }) => score)
      quickselect(scores, scores.length - most)
      floor = scores[scores.length - most]
      return found.filter(({ score }) => score >= floor)
    }
    return { endings, add, addEnding, kept, least, best: () => best }
  }
  type Builder = ReturnType<typeof build>

  /** Ends the word that a token stands at the end of, if it does. */
  function endWords(builder: Builder, { node, from, score }: Token, boundary: number): void {
    if (node === IN_UNKNOWN) {
      builder.addEnding(UNKNOWN_WORD, from, score + boundary)
      return
    }
    if (node < 0) return
    for (let at = wordStart[node]; at < wordStart[node + 1]; at++) {
      const word = wordIds[at]
      const gain = language * model.after(from.word, word) + eachWord - bound[node]
      builder.addEnding(word, from, score + gain + boundary)
    }
  }

  /** The sound after each token was not heard. Two in a row are too rare to follow. */
  function missSounds(builder: Builder, tokens: readonly Token[]): void {
    const least = builder.least() - mostMissed
    for (const { node, from, score } of tokens) {
      if (node < 0 || score < least) continue
      for (let child = firstChild[node]; child !== NO_NODE; child = nextSibling[child]) {
        builder.add(child, from, score + missed[sound[child]] + bound[child] - bound[node])
      }
    }
  }

  /** Missed sounds, endings without a boundary heard, and the first sounds of the words after. */
  function close(builder: Builder, place: number): Column {
    missSounds(builder, builder.kept())
    const inside = builder.kept()
    for (const token of inside) endWords(builder, token, missed[BOUNDARY])
    const roots: Token[] = []
    for (const ending of builder.endings.values()) {
      const root = { node: ROOT, from: ending, score: ending.score + bound[ROOT] }
      builder.add(root.node, root.from, root.score)
      roots.push(root)
    }
    missSounds(builder, roots)
    const tokens = builder.kept()
    const best = builder.best()
    const endings = [...builder.endings.values()].filter(({ score }) => score + bound[ROOT] >= best - width)
    return { place, tokens, endings, best }
  }

  function start(): Column {
    const builder = build(0)
    const from: LatticeNode = { place: 0, word: model.start, score: 0, edges: [] }
    const root = { node: ROOT, from, score: bound[ROOT] }
    builder.add(root.node, root.from, root.score)
    missSounds(builder, [root])
    const tokens = builder.kept()
    return { place: 0, tokens, endings: [], best: root.score }
  }

  return {
    start: start(),
    next(column, { heard, added }) {
      const place = column.place + 1
      const builder = build(place)
      // Any sound may be part of a word that the lexicon lacks.
      const unknownSound = heard.reduce(
        (best, score, id) => (id === BOUNDARY ? best : Math.max(best, score)),
        -Infinity,
      )
      for (const token of column.tokens) {
        const { node, from, score } = token
        builder.add(node, from, score + added)
        if (node === IN_UNKNOWN) builder.add(IN_UNKNOWN, from, score + unknownSound + weights.unknownSound)
        else {
          if (node === ROOT) {
            const entry = unknownSound + weights.unknownWord + weights.unknownSound - bound[ROOT]
            builder.add(IN_UNKNOWN, from, score + entry)
          }
          for (let child = firstChild[node]; child !== NO_NODE; child = nextSibling[child]) {
            builder.add(child, from, score + heard[sound[child]] + bound[child] - bound[node])
          }
        }
        endWords(builder, token, heard[BOUNDARY])
      }
      return close(builder, place)
    },
  }
}
