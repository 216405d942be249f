import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainError } from '../errors'
import {
  type AllowedTokens,
  gumbelScores,
  logitsToChances,
  sampleToken,
  type SamplingOptions,
} from './sampling'

const PLAIN: SamplingOptions = { temperature: 1, topK: 0, topP: 1, minP: 0 }
const VOCABULARY = 24
const logitsArbitrary = fc
  .array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: VOCABULARY, maxLength: VOCABULARY })
  .map((values) => Float32Array.from(values))
const optionsArbitrary = fc.record({
  temperature: fc.double({ min: 0.05, max: 3, noNaN: true }),
  topK: fc.nat(VOCABULARY + 2),
  topP: fc.double({ min: 0.05, max: 1, noNaN: true }),
  minP: fc.double({ min: 0, max: 0.5, noNaN: true }),
})
const addressArbitrary = fc.record({ seed: fc.maxSafeInteger(), take: fc.nat(1000), step: fc.nat(1000) })
const everyId = [...Array(VOCABULARY).keys()]
const shuffled = fc
  .shuffledSubarray(everyId, { minLength: VOCABULARY })
  .map((values) => Float32Array.from(values))
/** The units from 12 on and one phone. */
const SPEAKING: AllowedTokens = { ranges: [[12, VOCABULARY]], ids: [3] }
const isAllowed = (id: number): boolean => id === 3 || id >= 12

/** The code of the error that these options and logits raise. */
function codeOf(options: SamplingOptions, logits = new Float32Array(VOCABULARY)): string {
  try {
    logitsToChances(logits, SPEAKING, options)
  } catch (thrown) {
    return toPlainError(thrown).code
  }
  return 'none'
}

describe('drawing a token', () => {
  it('follows the softmax', () => {
    const logits = Float32Array.from({ length: VOCABULARY }, (_, id) => Math.sin(id * 1.7) * 1.5)
    const draws = 20_000
    for (const options of [
      PLAIN,
      { ...PLAIN, temperature: 0.6 },
      { ...PLAIN, topP: 0.8 },
      { ...PLAIN, topK: 5 },
    ]) {
      const { ids, shaped } = logitsToChances(logits, SPEAKING, options)
      const counts = new Map<number, number>()
      for (let step = 0; step < draws; step++) {
        const { token } = sampleToken(logits, SPEAKING, options, { seed: 11, take: step % 7, step })
        counts.set(token, (counts.get(token) ?? 0) + 1)
      }
      const kept = [...ids.keys()].filter((i) => shaped[i] > 0)
      const chiSquare = kept.reduce((sum, i) => {
        const wanted = shaped[i] * draws
        return sum + ((counts.get(ids[i]) ?? 0) - wanted) ** 2 / wanted
      }, 0)
      expect([...counts.keys()].every((token) => shaped[ids.indexOf(token)] > 0)).toBe(true)
      const cells = kept.length
      // Mean plus five standard deviations of chi-square with cells - 1 degrees of freedom; the seed is fixed.
      expect(chiSquare).toBeLessThan(cells - 1 + 5 * Math.sqrt(2 * (cells - 1)))
    }
  })

  it('is independent from step to step', () => {
    const logits = new Float32Array(2)
    const tokens = Array.from(
      { length: 10_000 },
      (_, step) =>
        sampleToken(logits, { ranges: [[0, 2]], ids: [] }, PLAIN, { seed: 4, take: 0, step }).token,
    )
    const repeats = tokens.filter((token, i) => token === tokens[i + 1]).length
    // 5,000 are expected, with a standard deviation of 50.
    expect(Math.abs(repeats - 5000)).toBeLessThan(250)
  })

  it('gives the same token at the same address, whatever the forbidden ones say', () => {
    fc.assert(
      fc.property(
        logitsArbitrary,
        logitsArbitrary,
        optionsArbitrary,
        addressArbitrary,
        (logits, other, options, address) => {
          const draw = sampleToken(logits, SPEAKING, options, address)
          const changed = logits.map((logit, id) => (isAllowed(id) ? logit : other[id]))
          expect(sampleToken(changed, SPEAKING, options, address)).toEqual(draw)
          expect(isAllowed(draw.token)).toBe(true)
        },
      ),
    )
  })

  it('has noise of each token’s own: forbidding the losers keeps the winner', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.nat(VOCABULARY - 1), addressArbitrary, (logits, other, address) => {
        const { token } = sampleToken(logits, { ranges: [[0, VOCABULARY]], ids: [] }, PLAIN, address)
        expect(sampleToken(logits, { ranges: [], ids: [token, other] }, PLAIN, address).token).toBe(token)
      }),
    )
  })

  it('becomes greedy as the temperature falls', () => {
    fc.assert(
      fc.property(shuffled, addressArbitrary, (logits, address) => {
        const greedy = sampleToken(logits, SPEAKING, { ...PLAIN, temperature: 0 }, address).token
        // Noise spans 16.7 + 2.9 nats, so a gap of one logit wins for sure at 1 / 20.
        expect(sampleToken(logits, SPEAKING, { ...PLAIN, temperature: 0.05 }, address).token).toBe(greedy)
      }),
    )
  })

  it('draws at any temperature, however small', () => {
    const logits = new Float32Array(VOCABULARY).fill(-5)
    const options = { ...PLAIN, temperature: Number.MIN_VALUE }
    expect(sampleToken(logits, SPEAKING, options, { seed: 1, take: 0, step: 0 }).token).toBe(3)
    logits[17] = -4
    expect(sampleToken(logits, SPEAKING, options, { seed: 1, take: 0, step: 0 }).token).toBe(17)
  })

  it('takes the lowest id of equals when greedy', () => {
    const address = { seed: 1, take: 0, step: 0 }
    expect(
      sampleToken(new Float32Array(VOCABULARY), SPEAKING, { ...PLAIN, temperature: 0 }, address).token,
    ).toBe(3)
  })

  it('never picks what was cut', () => {
    fc.assert(
      fc.property(logitsArbitrary, optionsArbitrary, addressArbitrary, (logits, options, address) => {
        const { ids, model, shaped } = logitsToChances(logits, SPEAKING, options)
        const draw = sampleToken(logits, SPEAKING, options, address)
        const at = ids.indexOf(draw.token)
        expect(shaped[at]).toBeGreaterThan(0)
        expect(draw.probability).toBe(model[at])
        expect(draw.entropyNats).toBeLessThanOrEqual(Math.log(ids.length) + 1e-12)
      }),
    )
  })
})

describe('the scores', () => {
  it('name the token that is drawn, and give every token noise of its own', () => {
    fc.assert(
      fc.property(logitsArbitrary, optionsArbitrary, addressArbitrary, (logits, options, address) => {
        const { ids, shaped } = logitsToChances(logits, SPEAKING, options)
        const scores = gumbelScores(logits, ids, shaped, options.temperature, address)
        const { token } = sampleToken(logits, SPEAKING, options, address)
        expect(ids[scores.indexOf(Math.max(...scores))]).toBe(token)
        expect([...scores].map((score) => score > -Infinity)).toEqual([...shaped].map((p) => p > 0))
      }),
    )
  })
})

describe('the chances', () => {
  it('cut as asked, and sum to one', () => {
    fc.assert(
      fc.property(logitsArbitrary, optionsArbitrary, (logits, options) => {
        const uncut = logitsToChances(logits, SPEAKING, { ...PLAIN, temperature: options.temperature }).shaped
        const { shaped } = logitsToChances(logits, SPEAKING, options)
        const kept = [...uncut.keys()].filter((i) => shaped[i] > 0)
        const most = Math.max(...uncut)
        expect(shaped.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
        expect(kept.length).toBeGreaterThan(0)
        for (const i of kept) expect(uncut[i]).toBeGreaterThanOrEqual(options.minP * most - 1e-15)
        const larger = kept.map((i) => uncut.filter((p) => p > uncut[i]).length)
        expect(Math.max(...larger)).toBeLessThan(options.topK || VOCABULARY)
        const sum = kept.reduce((total, i) => total + uncut[i], 0)
        expect(sum - Math.min(...kept.map((i) => uncut[i]))).toBeLessThan(options.topP + 1e-12)
      }),
    )
  })

  it('count an id once, however often it is allowed', () => {
    const twice = {
      ranges: [
        [0, 4],
        [2, 6],
      ],
      ids: [3, 3, 9],
    } as const
    expect([...logitsToChances(new Float32Array(VOCABULARY), twice, PLAIN).ids]).toEqual([
      0, 1, 2, 3, 4, 5, 9,
    ])
  })

  it('refuse options out of range and logits that are no numbers', () => {
    const bad: Partial<SamplingOptions>[] = [
      { temperature: -0.1 },
      { temperature: NaN },
      { temperature: Infinity },
      { topK: 1.5 },
      { topK: -1 },
      { topP: 0 },
      { topP: 1.1 },
      { minP: -1 },
      { minP: NaN },
    ]
    for (const part of bad) expect(codeOf({ ...PLAIN, ...part })).toBe('option-invalid')
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(codeOf(PLAIN, new Float32Array(VOCABULARY).fill(value))).toBe('engine-failed')
    }
    expect(codeOf(PLAIN)).toBe('none')
  })
})
