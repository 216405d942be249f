/**
 * What every rule promises beside its task's own grammar: the token that it draws is allowed, following that token leads
 * where drawing led, chance and entropy are those of the choice that the grammar leaves, and broken numbers are told.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AllowedTokens } from '../sampling'
import { planToRule, type StreamPlan } from '../streams'
import { createVocabulary } from '../vocabulary'
import { choiceEntropy, logSumExp, type StreamState } from './rule'

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
const isAllowed = ({ ranges, ids }: AllowedTokens, id: number): boolean =>
  ids.includes(id) || ranges.some(([first, end]) => id >= first && id < end)
/** Four phones in a row, the last frame of a phone, the last letter: where the grammar leaves one choice. */
const atLimit: Readonly<Record<StreamPlan['task'], Partial<StreamState>>> = {
  speak: { run: 32 },
  babble: { run: 12 },
  listen: { run: 4, frames: 2 },
  'say-as': { step: 200 },
  spell: { step: 200 },
}

const entropyOf = (chances: readonly number[]): number =>
  chances.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)

/** The chances that the rule chooses between; hearing on is one, whichever unit comes. */
function choices(plan: StreamPlan, allowed: AllowedTokens, logits: Float32Array): Map<number, number> {
  const units = vocabulary.unitRange
  const weights = new Map<number, number>()
  logits.forEach((logit, id) => {
    if (!isAllowed(allowed, id)) return
    const choice = plan.task === 'listen' && vocabulary.isUnit(id) ? units[0] : id
    weights.set(choice, (weights.get(choice) ?? 0) + Math.exp(logit))
  })
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  return new Map([...weights].map(([choice, weight]) => [choice, weight / total]))
}

const logitsAt = (seed: number, step: number): Float32Array =>
  Float32Array.from({ length: vocabulary.size }, (_, id) => 4 * Math.sin(seed + 7.1 * step + id * id))

describe.each(plans)('the rule of $task', (plan) => {
  it('draws what is allowed, and can be followed', () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const rule = planToRule(plan, vocabulary)
        let state = rule.start
        for (let step = 0; !state.done && step < 250; step++) {
          const logits = logitsAt(seed, step)
          const allowed = rule.allowed(state)
          const next = rule.next(state, logits)
          const { id } = next.token
          expect(isAllowed(allowed, id)).toBe(true)
          expect(rule.follow(state, id)).toEqual({ token: next.token, state: next.state })
          const chances = choices(plan, allowed, logits)
          const choice = plan.task === 'listen' && vocabulary.isUnit(id) ? vocabulary.unitRange[0] : id
          expect(next.probability).toBeCloseTo(chances.get(choice) ?? 0, 6)
          expect(next.entropyNats).toBeCloseTo(entropyOf([...chances.values()]), 6)
          state = next.state
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is sure where the grammar leaves one choice', () => {
    const rule = planToRule(plan, vocabulary)
    const state = { ...rule.start, ...atLimit[plan.task] }
    const { probability, entropyNats } = rule.next(state, logitsAt(1, 0))
    expect({ probability, entropyNats }).toEqual({ probability: 1, entropyNats: 0 })
  })

  it('says so where what may come next has no numbers', () => {
    const rule = planToRule(plan, vocabulary)
    for (const broken of [NaN, Infinity, -Infinity]) {
      const logits = new Float32Array(vocabulary.size).fill(broken)
      expect(() => rule.next(rule.start, logits)).toThrow(expect.objectContaining({ code: 'engine-failed' }))
    }
    for (const broken of [NaN, Infinity]) {
      const { ranges } = rule.allowed(rule.start)
      const logits = logitsAt(1, 0)
      logits[ranges[0][0] + 1] = broken
      expect(() => rule.next(rule.start, logits)).toThrow(expect.objectContaining({ code: 'engine-failed' }))
    }
  })

  it('does not mind numbers of what may not come next', () => {
    const rule = planToRule(plan, vocabulary)
    const logits = logitsAt(1, 0)
    const wanted = rule.next(rule.start, logits)
    const allowed = rule.allowed(rule.start)
    const elsewhere = logits.map((logit, id) => (isAllowed(allowed, id) ? logit : NaN))
    expect(rule.next(rule.start, elsewhere)).toEqual(wanted)
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
        expect(choiceEntropy(logits, range, total, share)).toBeCloseTo(entropyOf([1 - share, ...phones]), 10)
      }),
    )
  })
})
