import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packWordModel, type Context } from './testing'
import { parseWordModel, UNKNOWN_WORD } from './word-model'

const STEP = 0.08
const WORDS = 300
const cost = fc.integer({ min: 0, max: 255 })
const word = fc.nat(WORDS - 1)
const history = fc.nat(WORDS)
const drawn = fc.record({
  alone: fc.array(cost, { minLength: WORDS, maxLength: WORDS }),
  backoff: fc.array(cost, { minLength: WORDS + 1, maxLength: WORDS + 1 }),
  pairs: fc.array(fc.tuple(history, word, cost), { maxLength: 60 }),
  contexts: fc.array(
    fc.tuple(history, word, cost, fc.array(fc.tuple(word, cost), { minLength: 1, maxLength: 5 })),
    { maxLength: 30 },
  ),
})

const histories = <Value>() => Array.from({ length: WORDS + 1 }, () => new Map<number, Value>())

test('a packed model gives every cost back, with back-off for the rest', () => {
  fc.assert(
    fc.property(drawn, history, word, word, ({ alone, backoff, pairs, contexts }, some, first, second) => {
      const after = histories<number>()
      for (const [from, to, steps] of pairs) after[from].set(to, steps)
      const afterTwo = histories<Context>()
      for (const [from, to, steps, triples] of contexts)
        afterTwo[from].set(to, { backoff: steps, triples: new Map(triples) })
      const model = parseWordModel(packWordModel({ alone, backoff, pairs: after, contexts: afterTwo }))
      expect(model.words).toBe(WORDS)
      expect(model.start).toBe(WORDS)
      for (const [from, to] of [...pairs, [some, first]]) {
        const steps = after[from].get(to) ?? backoff[from] + alone[to]
        expect(model.after(from, to)).toBeCloseTo(-STEP * steps, 10)
      }
      const triples = contexts.flatMap(([from, to, , list]) =>
        list.map(([last]) => [from, to, last] as const),
      )
      for (const [from, to, last] of [...triples, [some, first, second] as const]) {
        const context = afterTwo[from].get(to)
        const steps = context?.triples.get(last)
        const backedOff = model.after(to, last) + (context ? STEP * (64 - context.backoff) : 0)
        expect(model.afterTwo(from, to, last)).toBeCloseTo(
          steps === undefined ? backedOff : -STEP * steps,
          10,
        )
      }
      expect(model.after(UNKNOWN_WORD, first)).toBe(model.alone(first))
      expect(model.afterTwo(UNKNOWN_WORD, first, second)).toBe(model.after(first, second))
      expect(model.afterTwo(some, UNKNOWN_WORD, second)).toBe(model.alone(second))
    }),
    { numRuns: 40 },
  )
})

test('a cut or changed file is refused, never misread', () => {
  const bytes = packWordModel({
    alone: [10, 20],
    backoff: [1, 2, 3],
    pairs: [new Map([[1, 5]]), new Map(), new Map([[0, 7]])],
    contexts: [new Map(), new Map([[0, { backoff: 64, triples: new Map([[1, 4]]) }]]), new Map()],
  })
  expect(() => parseWordModel(bytes)).not.toThrow()
  for (let length = 0; length < bytes.length; length++) {
    expect(() => parseWordModel(bytes.subarray(0, length))).toThrow(/word model/)
  }
  expect(() => parseWordModel(Uint8Array.from([...bytes, 0]))).toThrow(/word model/)
})
