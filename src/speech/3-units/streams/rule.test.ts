/**
 * What every rule promises beside its task's own grammar: the token that it draws is allowed, following that token leads
 * where drawing led, and the entropy is that of the choice.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planToRule, type StreamPlan } from '../streams'
import { createVocabulary } from '../vocabulary'
import { choiceEntropy, logSumExp } from './rule'

const lmVocabulary = {
  specials: ['<pad>', '<eos>', '<go>', '<tts>', '<asr>', '<cont>', '<g2p>', '<p2g>'],
  phones: ['_', ' ', '.', 'AA1', 'B'],
  letters: ['a', 'b', ' '],
  firstPhone: 8,
  firstLetter: 13,
  firstUnit: 16,
}
const vocabulary = createVocabulary({ codes: 16, lm: { vocabulary: lmVocabulary } })
const sampling = { temperature: 0.8, topP: 1, topK: 0, minP: 0 }
const plans: StreamPlan[] = [
  { task: 'speak', phones: ['AA1', 'B'], sampling, seed: 3, take: 0 },
  { task: 'babble', units: [3], maxFrames: 12, sampling, seed: 3, take: 0 },
  { task: 'listen', units: [1, 2, 3, 4, 5, 6] },
  { task: 'say-as', letters: 'ab' },
  { task: 'spell', phones: ['AA1', 'B'] },
]
const logitsAt = (seed: number, step: number): Float32Array =>
  Float32Array.from({ length: vocabulary.size }, (_, id) => 4 * Math.sin(seed + 7.1 * step + id * id))

describe.each(plans)('the rule of $task', (plan) => {
  it('draws what is allowed, and can be followed', () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const rule = planToRule(plan, vocabulary)
        let state = rule.start
        for (let step = 0; !state.done && step < 250; step++) {
          const { ranges, ids } = rule.allowed(state)
          const next = rule.next(state, logitsAt(seed, step))
          const { id } = next.token
          expect(ids.includes(id) || ranges.some(([first, end]) => id >= first && id < end)).toBe(true)
          expect(rule.follow(state, id)).toEqual({ token: next.token, state: next.state })
          expect(next.entropyNats).toBeGreaterThanOrEqual(0)
          state = next.state
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('the entropy of a choice', () => {
  it('counts the other thing as one', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
        const logits = logitsAt(seed, 0)
        const range = vocabulary.phoneRange
        const total = logSumExp(logits, range)
        const phones = Array.from(logits.slice(...range), (logit) => share * Math.exp(logit - total))
        const direct = [1 - share, ...phones].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)
        expect(choiceEntropy(logits, range, total, share)).toBeCloseTo(direct, 10)
      }),
    )
  })
})
