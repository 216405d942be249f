import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleToken, type SamplingOptions } from '../3-units/sampling'
import { planToRule } from '../3-units/streams'
import { createVocabulary } from '../3-units/vocabulary'
import { reweight, type StoredStep } from './reweight'

const lmVocabulary = {
  specials: ['<pad>', '<eos>', '<go>', '<tts>', '<asr>', '<cont>', '<g2p>', '<p2g>'],
  phones: ['_', ' ', '.', 'AA1', 'B'],
  letters: ['a', 'b', 'c'],
  firstPhone: 8,
  firstLetter: 13,
  firstUnit: 16,
}
const vocabulary = createVocabulary({ codes: 1024, lm: { vocabulary: lmVocabulary } })
const PLAIN: SamplingOptions = { temperature: 1, topK: 0, topP: 1, minP: 0 }
const speaking = { ranges: [vocabulary.unitRange], ids: [11] }

const logitsOf = (seed: number): Float32Array =>
  Float32Array.from({ length: vocabulary.size }, (_, id) => 3 * Math.sin(seed + id * 1.7) - (id % 97) / 9)
const optionsArbitrary = fc.record({
  temperature: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 2, noNaN: true })),
  topK: fc.nat(100),
  topP: fc.double({ min: 0.05, max: 1, noNaN: true }),
  minP: fc.double({ min: 0, max: 0.3, noNaN: true }),
})

function speakStep(seed: number, sampling: SamplingOptions): StoredStep {
  const address = { seed, take: 0, step: seed % 50 }
  const logits = logitsOf(seed)
  const { token: drawn } = sampleToken(logits, speaking, sampling, address)
  return { task: 'speak', logits, allowed: speaking, drawn, address }
}

describe('a reweighted step', () => {
  it('names what was drawn, to the bit, and adds up', () => {
    fc.assert(
      fc.property(fc.nat(10_000), optionsArbitrary, (seed, sampling) => {
        const step = speakStep(seed, sampling)
        const { units, others, restUnits, restOthers, drawn, winner, ...rest } = reweight(
          step,
          sampling,
          vocabulary,
        )
        const draw = sampleToken(step.logits, speaking, sampling, step.address ?? { seed, take: 0, step: 0 })
        expect(winner).toBe(step.drawn)
        expect(drawn).toMatchObject({ id: step.drawn, model: draw.probability })
        expect(rest.entropyNats).toBeCloseTo(draw.entropyNats, 10)
        expect(rest.surpriseNats).toBeCloseTo(-Math.log(draw.probability), 10)
        const shown = [...units, ...others, restUnits, restOthers]
        expect(shown.reduce((sum, { model }) => sum + model, 0)).toBeCloseTo(1, 10)
        expect(shown.reduce((sum, { shaped }) => sum + shaped, 0)).toBeCloseTo(1, 10)
        expect(units.length + others.length + restUnits.tokens + restOthers.tokens).toBe(1025)
        expect(units.every(({ model }, i) => i === 0 || model <= units[i - 1].model)).toBe(true)
        expect(units.every(({ kind }) => kind === 'unit')).toBe(true)
        expect(others.map(({ kind }) => kind)).toEqual(['phone'])
      }),
    )
  })

  it('tells what each cut took, in the order in which they act', () => {
    fc.assert(
      fc.property(fc.nat(1000), optionsArbitrary, (seed, sampling) => {
        fc.pre(sampling.temperature > 0)
        const { cuts, units, others, restUnits } = reweight(speakStep(seed, sampling), sampling, vocabulary)
        const kept = [...units, ...others].filter(({ shaped }) => shaped > 0).length
        const gone = cuts.reduce((sum, { tokens }) => sum + tokens, 0)
        expect(restUnits.shaped === 0 ? kept + gone : 1025).toBe(1025)
        const order = ['minP', 'topK', 'topP'] as const
        expect(cuts.map(({ by }) => by)).toEqual(order.filter((by) => sampling[by] !== PLAIN[by]))
      }),
    )
    expect(reweight(speakStep(1, PLAIN), PLAIN, vocabulary).cuts).toEqual([])
  })

  it('shares its noise between temperatures', () => {
    const step = speakStep(7, PLAIN)
    const noise = (temperature: number): number => {
      const { drawn } = reweight(step, { ...PLAIN, temperature }, vocabulary)
      return (drawn.score ?? NaN) - step.logits[drawn.id] / temperature
    }
    expect(noise(0.5)).toBeCloseTo(noise(1.5), 10)
    expect(reweight(step, { ...PLAIN, temperature: 0 }, vocabulary).drawn.score).toBe(undefined)
  })

  it('hears units as one choice', () => {
    const rule = planToRule({ task: 'listen', units: [5, 6, 7] }, vocabulary)
    for (let seed = 0; seed < 50; seed++) {
      const logits = logitsOf(seed)
      const { token, probability, entropyNats } = rule.next(rule.start, logits)
      const step: StoredStep = {
        task: 'listen',
        logits,
        allowed: rule.allowed(rule.start),
        drawn: token.id,
        address: undefined,
      }
      const found = reweight(step, PLAIN, vocabulary)
      expect(found.entropyNats).toBeCloseTo(entropyNats, 8)
      expect(found.surpriseNats).toBeCloseTo(-Math.log(probability), 8)
      const share = vocabulary.isUnit(token.id) ? found.allUnits.model : probability
      expect(share).toBeCloseTo(probability, 8)
    }
  })
})
