import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReadingFinder, edgeShares, type LatticeNode } from './lattice'

const node = (
  place: number,
  word: number,
  ways: readonly (readonly [LatticeNode, number])[],
): LatticeNode => ({
  place,
  word,
  score: ways.length === 0 ? 0 : Math.max(...ways.map(([from, score]) => from.score + score)),
  edges: ways.map(([from, score]) => ({ from, score })),
})

/** Layers of `scores.length` places, all joined: (place, from, to) -> score. */
function layered(scores: readonly (readonly (readonly number[])[])[]): LatticeNode[] {
  let last = [node(0, 99, [])]
  for (const [place, rows] of scores.entries()) {
    last = [0, 1].map((word) =>
      node(
        place + 1,
        word,
        last.map((from, i) => [from, rows[i % rows.length][word]] as const),
      ),
    )
  }
  return last
}

const score = fc.double({ min: -5, max: 0, noNaN: true })
const layers = fc.array(fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 2 }), {
  minLength: 1,
  maxLength: 5,
})

test('readings come best first, differ, and the first is the best way', () => {
  fc.assert(
    fc.property(layers, (scores) => {
      const last = layered(scores)
      const readings = createReadingFinder(4)(last)
      expect(readings[0].score).toBeCloseTo(Math.max(...last.map((end) => end.score)), 6)
      expect(readings.map((reading) => reading.score)).toEqual(
        readings.map((reading) => reading.score).toSorted((a, b) => b - a),
      )
      const texts = readings.map(({ nodes }) => nodes.map(({ word }) => word).join(' '))
      expect(new Set(texts).size).toBe(texts.length)
      for (const { nodes } of readings)
        expect(nodes.map(({ place }) => place)).toEqual(scores.map((_, i) => i + 1))
    }),
  )
})

test('lattices that share their beginning are read as each would be alone', () => {
  fc.assert(
    fc.property(layers, (scores) => {
      const [first, second] = layered(scores)
      const find = createReadingFinder(4)
      const both = [find([first]), find([second, first])]
      expect(both).toEqual([createReadingFinder(4)([first]), createReadingFinder(4)([second, first])])
    }),
  )
})

test('at every place the shares of all words add up to one', () => {
  fc.assert(
    fc.property(layers, fc.double({ min: 0.1, max: 1, noNaN: true }), (scores, scale) => {
      const shares = edgeShares(layered(scores), scale)
      for (const place of scores.keys()) {
        const here = shares.filter(({ start }) => start === place)
        expect(here.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6)
      }
    }),
  )
})
