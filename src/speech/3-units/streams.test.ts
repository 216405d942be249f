/**
 * The grammar under random logits: whatever an engine answers, a stream obeys its task. Sizes are small on purpose; the
 * vocabulary is made by the same code as the real one.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planToRule, type Rule, type StreamPlan, type StreamState } from './streams'
import { MAX_FRAMES_PER_PHONE } from './streams/speak'
import { createVocabulary } from './vocabulary'

const lmVocabulary = {
  specials: ['<pad>', '<eos>', '<go>', '<tts>', '<asr>', '<cont>', '<g2p>', '<p2g>'],
  phones: ['_', ' ', '.', 'AA1', 'B', 'K', 'S'],
  letters: ['a', 'b', ' '],
  firstPhone: 8,
  firstLetter: 15,
  firstUnit: 18,
}
const vocabulary = createVocabulary({ codes: 16, lm: { vocabulary: lmVocabulary } })
const sampling = { temperature: 1, topP: 1, topK: 0, minP: 0 }
const spokenPhones = fc.array(fc.constantFrom('AA1', 'B', 'K', 'S', ' ', '.'), {
  minLength: 1,
  maxLength: 12,
})
const unitList = fc.array(fc.nat(15), { minLength: 1, maxLength: 40 })

/** Runs a rule on logits that a seed makes up. */
function follow(rule: Rule<StreamState>, logitSeed: number, maxSteps: number) {
  let state = rule.start
  const tokens = []
  for (let step = 0; !state.done && step < maxSteps; step++) {
    const logits = Float32Array.from(
      { length: vocabulary.size },
      (_, id) => 4 * Math.sin(logitSeed + 7.1 * step + id * id),
    )
    const next = rule.next(state, logits)
    state = next.state
    tokens.push(next)
  }
  return {
    tokens: tokens.map(({ token }) => token),
    probabilities: tokens.map(({ probability }) => probability),
    state,
  }
}

describe('speaking', () => {
  it('says every phone once, in order, each with one to the most frames, and ends', () => {
    fc.assert(
      fc.property(spokenPhones, fc.nat(), fc.nat(1000), (phones, seed, logitSeed) => {
        const plan: StreamPlan = { task: 'speak', phones, sampling, seed, take: 0 }
        const bound = (phones.length + 2) * (MAX_FRAMES_PER_PHONE + 1)
        const rule = planToRule(plan, vocabulary)
        const { tokens, state } = follow(rule, logitSeed, bound)
        expect(state.done).toBe(true)
        const all = [rule.prefix[rule.prefix.length - 1], ...tokens]
        const said = all.filter(({ id }) => vocabulary.isPhone(id)).map(({ id }) => vocabulary.idToPhone(id))
        expect(said).toEqual(['_', ...phones, '_'])
        const durations = all.reduce<number[]>(
          (frames, { id }) =>
            vocabulary.isUnit(id) ? [...frames.slice(0, -1), (frames.at(-1) ?? 0) + 1] : [...frames, 0],
          [],
        )
        // The last entry is <eos>, which has no frames.
        expect(Math.min(...durations.slice(0, -1))).toBeGreaterThanOrEqual(1)
        expect(Math.max(...durations)).toBeLessThanOrEqual(MAX_FRAMES_PER_PHONE)
      }),
    )
  })

  it('holds a phone for as many frames as a person decided, and leaves the others to the model', () => {
    const frames = fc.option(fc.integer({ min: 1, max: MAX_FRAMES_PER_PHONE }), { nil: null })
    fc.assert(
      fc.property(
        spokenPhones,
        fc.array(frames, { maxLength: 14 }),
        fc.nat(1000),
        (phones, held, logitSeed) => {
          const rule = planToRule({ task: 'speak', phones, held, sampling, seed: 1, take: 0 }, vocabulary)
          const { tokens, state } = follow(rule, logitSeed, 1000)
          expect(state.done).toBe(true)
          const durations = [0]
          for (const { id } of tokens) {
            if (vocabulary.isUnit(id)) durations[durations.length - 1] += 1
            else durations.push(0)
          }
          held.slice(0, phones.length + 2).forEach((wanted, i) => {
            if (wanted !== null) expect(durations[i]).toBe(wanted)
          })
        },
      ),
    )
  })

  it('places each token by frames and phones so far', () => {
    const plan: StreamPlan = { task: 'speak', phones: ['K', 'AA1'], sampling, seed: 3, take: 0 }
    const rule = planToRule(plan, vocabulary)
    expect(rule.prefix.map(({ time }) => time)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(rule.prefix.map(({ phone }) => phone)).toEqual([0, 0, 1, 2, 3, 4, 0, 1])
    let frames = 0
    let phones = 1
    for (const { id, time, phone } of follow(rule, 1, 500).tokens) {
      if (vocabulary.isUnit(id)) frames += 1
      else if (vocabulary.isPhone(id)) phones += 1
      expect([time, phone]).toEqual([frames, phones])
    }
  })

  it('refuses no phones, unknown phones and impossible options', () => {
    const plan = { task: 'speak', phones: ['K'], sampling, seed: 1, take: 0 } as const
    const code = (wrong: StreamPlan) => {
      try {
        planToRule(wrong, vocabulary)
      } catch (error) {
        return (error as { code: string }).code
      }
      return undefined
    }
    expect(code({ ...plan, phones: [] })).toBe('phones-invalid')
    expect(code({ ...plan, phones: ['QQ'] })).toBe('phones-invalid')
    for (const frames of [0, 33, 1.5, Number.NaN])
      expect(code({ ...plan, held: [null, frames] })).toBe('phones-invalid')
    expect(code({ ...plan, sampling: { ...sampling, temperature: -1 } })).toBe('option-invalid')
    expect(code(plan)).toBeUndefined()
  })
})

describe('listening', () => {
  it('hears every unit once, in order, and never says more than four phones in a row', () => {
    fc.assert(
      fc.property(unitList, fc.nat(1000), (units, logitSeed) => {
        const rule = planToRule({ task: 'listen', units }, vocabulary)
        const { tokens, state, probabilities } = follow(rule, logitSeed, units.length * 6 + 10)
        expect(state.done).toBe(true)
        const all = [rule.prefix[rule.prefix.length - 1], ...tokens]
        expect(
          all.filter(({ id }) => vocabulary.isUnit(id)).map(({ id }) => vocabulary.idToUnit(id)),
        ).toEqual(units)
        let run = 0
        for (const { id } of tokens) {
          run = vocabulary.isPhone(id) ? run + 1 : 0
          expect(run).toBeLessThanOrEqual(4)
        }
        expect(probabilities.every((p) => p > 0 && p <= 1)).toBe(true)
      }),
    )
  })

  it('refuses no units and units outside the codebook', () => {
    expect(() => planToRule({ task: 'listen', units: [] }, vocabulary)).toThrow(/at least one unit/)
    expect(() => planToRule({ task: 'listen', units: [16] }, vocabulary)).toThrow(/0 to 15/)
  })
})

describe('babbling and transcribing', () => {
  it('refuses units outside the codebook', () => {
    const plan: StreamPlan = { task: 'babble', units: [], maxFrames: 3, sampling, seed: 1, take: 0 }
    expect(() => planToRule(plan, vocabulary)).not.toThrow()
    for (const unit of [16, -3, 1.5, NaN]) {
      expect(() => planToRule({ ...plan, units: [1, unit] }, vocabulary)).toThrow(
        expect.objectContaining({ code: 'units-invalid' }),
      )
    }
  })

  it('babbles units until the end or the limit', () => {
    fc.assert(
      fc.property(unitList, fc.nat(30), fc.nat(1000), (units, maxFrames, logitSeed) => {
        const plan: StreamPlan = { task: 'babble', units, maxFrames, sampling, seed: 1, take: 0 }
        const { tokens, state } = follow(planToRule(plan, vocabulary), logitSeed, maxFrames + 2)
        expect(state.done).toBe(true)
        expect(tokens.slice(0, -1).every(({ id }) => vocabulary.isUnit(id))).toBe(true)
      }),
    )
  })

  it('writes only the target alphabet and stops', () => {
    fc.assert(
      fc.property(fc.constantFrom('ab', 'ba a'), fc.nat(1000), (letters, logitSeed) => {
        const { tokens, state } = follow(planToRule({ task: 'say-as', letters }, vocabulary), logitSeed, 300)
        expect(state.done).toBe(true)
        expect(tokens.slice(0, -1).every(({ id }) => vocabulary.isPhone(id))).toBe(true)
        const spelling = follow(
          planToRule({ task: 'spell', phones: ['K', 'AA1'] }, vocabulary),
          logitSeed,
          300,
        )
        const [first, end] = vocabulary.letterRange
        expect(spelling.tokens.slice(0, -1).every(({ id }) => id >= first && id < end)).toBe(true)
      }),
    )
  })
})
