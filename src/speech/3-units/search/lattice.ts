/**
 * Owns: what word search leaves behind: a graph of word endings. A node is one word ending after one heard sound; an edge
 * says after which other ending that word may have begun. From it come the best readings, each word's probability and
 * its rivals. Scores are ln, places count heard sounds.
 */
import type { History } from './word-model'

export interface LatticeNode {
  /** Heard sounds before this ending. */
  readonly place: number
  readonly word: History
  /** Of the best way here. */
  score: number
  readonly edges: LatticeEdge[]
}

export interface LatticeEdge {
  readonly from: LatticeNode
  /** Of this word alone, after `from`. */
  readonly score: number
}

export interface Reading {
  /** Word endings in order, without the start. */
  readonly nodes: readonly LatticeNode[]
  readonly score: number
}

/**
 * @returns the best `count` readings that end in `last`, no two with the same words; what was found on the way to a node is
 * kept, for lattices that share their beginnings
 */
export function createReadingFinder(count: number): (last: readonly LatticeNode[]) => Reading[] {
  const cache = new Map<LatticeNode, readonly Partial[]>()
  return (last) => {
    const readings = last.flatMap((node) => partials(node, count, cache))
    return distinct(readings, count, ({ text }) => text).map(({ node, before, score }) => {
      const nodes: LatticeNode[] = []
      for (let at: Partial | undefined = { node, before, score, text: '' }; at; at = at.before)
        nodes.push(at.node)
      return { nodes: nodes.toReversed().slice(1), score }
    })
  }
}

/** One way to a node. */
interface Partial {
  readonly node: LatticeNode
  readonly before: Partial | undefined
  readonly score: number
  readonly text: string
}

function partials(
  node: LatticeNode,
  count: number,
  cache: Map<LatticeNode, readonly Partial[]>,
): readonly Partial[] {
  const known = cache.get(node)
  if (known) return known
  const ways = node.edges.flatMap((edge) =>
    partials(edge.from, count, cache).map((before) => ({ before, score: before.score + edge.score })),
  )
  const best: Partial[] =
    ways.length === 0
      ? [{ node, before: undefined, score: node.score, text: '' }]
      : distinct(ways, count, ({ before }) => before.text).map(({ before, score }) => ({
          node,
          before,
          score,
          text: `${before.text} ${node.word}`,
        }))
  cache.set(node, best)
  return best
}

/** The best `count` ways, no two with the same text. */
function distinct<Way extends { readonly score: number }>(
  ways: readonly Way[],
  count: number,
  textOf: (way: Way) => string,
): Way[] {
  const kept = new Map<string, Way>()
  for (const way of ways.toSorted((a, b) => b.score - a.score)) {
    if (kept.size === count) break
    if (!kept.has(textOf(way))) kept.set(textOf(way), way)
  }
  return [...kept.values()]
}

/** A word between two places, over all ways through the lattice. */
export interface WordShare {
  readonly word: History
  readonly start: number
  readonly end: number
  readonly probability: number
}

/** Probability of every edge, with all scores multiplied by `scale` first. */
export function edgeShares(last: readonly LatticeNode[], scale: number): WordShare[] {
  const order = topological(last)
  const forward = new Map<LatticeNode, number>()
  for (const node of order) {
    const ways = node.edges.map(({ from, score }) => (forward.get(from) ?? 0) + scale * score)
    forward.set(node, ways.length === 0 ? scale * node.score : logSum(ways))
  }
  const total = logSum(last.map((node) => forward.get(node) ?? -Infinity))
  const backward = new Map<LatticeNode, number>(last.map((node) => [node, 0]))
  const shares: WordShare[] = []
  for (const node of order.toReversed()) {
    const after = backward.get(node)
    if (after === undefined) continue
    for (const { from, score } of node.edges) {
      const way = scale * score + after
      const other = backward.get(from)
      backward.set(from, other === undefined ? way : logSum([other, way]))
      const probability = Math.exp((forward.get(from) ?? 0) + way - total)
      shares.push({ word: node.word, start: from.place, end: node.place, probability })
    }
  }
  return shares
}

/** Every node on a way to `last`, each after all those before it. */
function topological(last: readonly LatticeNode[]): LatticeNode[] {
  const found = new Set<LatticeNode>()
  const open = [...last]
  while (open.length > 0) {
    const node = open.pop()
    if (!node || found.has(node)) continue
    found.add(node)
    for (const { from } of node.edges) open.push(from)
  }
  return [...found].toSorted((a, b) => a.place - b.place)
}

function logSum(values: readonly number[]): number {
  const max = Math.max(...values)
  return max === -Infinity
    ? max
    : max + Math.log(values.reduce((sum, value) => sum + Math.exp(value - max), 0))
}
