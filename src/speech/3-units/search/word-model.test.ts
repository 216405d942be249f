import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packWordModel } from './testing'
import { parseWordModel, UNKNOWN_WORD } from './word-model'

const WORDS = 300
const cost = fc.integer({ min: 0, max: 255 })
const packed = fc.record({
  alone: fc.array(cost, { minLength: WORDS, maxLength: WORDS }),
  backoff: fc.array(cost, { minLength: WORDS + 1, maxLength: WORDS + 1 }),
  pairs: fc.array(fc.tuple(fc.nat(WORDS), fc.nat(WORDS - 1), cost), { maxLength: 60 }),
})

test('a packed model gives every cost back, with back-off for the rest', () => {
  fc.assert(
    fc.property(packed, fc.nat(WORDS), fc.nat(WORDS - 1), ({ alone, backoff, pairs }, history, word) => {
      const after = Array.from({ length: WORDS + 1 }, () => new Map<number, number>())
      for (const [first, second, steps] of pairs) after[first].set(second, steps)
      const model = parseWordModel(packWordModel(alone, backoff, after))
      expect(model.words).toBe(WORDS)
      expect(model.start).toBe(WORDS)
      for (const [first, second] of [...pairs, [history, word]]) {
        const steps = after[first].get(second) ?? backoff[first] + alone[second]
        expect(model.after(first, second)).toBeCloseTo(-0.08 * steps, 10)
      }
      expect(model.after(UNKNOWN_WORD, word)).toBe(model.alone(word))
    }),
    { numRuns: 40 },
  )
})

test('a cut or changed file is refused, never misread', () => {
  const bytes = packWordModel([10, 20], [1, 2, 3], [new Map([[1, 5]]), new Map(), new Map([[0, 7]])])
  expect(() => parseWordModel(bytes)).not.toThrow()
  for (let length = 0; length < bytes.length; length++) {
    expect(() => parseWordModel(bytes.subarray(0, length))).toThrow(/word model/)
  }
  expect(() => parseWordModel(Uint8Array.from([...bytes, 0]))).toThrow(/word model/)
})
