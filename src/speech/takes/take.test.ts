import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainError } from '../errors'
import { createVocabulary } from '../3-units/vocabulary'
import { locateStep, takeToTokens, takeToUtterances, tokensToTake } from './take'

const lmVocabulary = {
  specials: ['<pad>', '<eos>', '<go>', '<tts>', '<asr>', '<cont>', '<g2p>', '<p2g>'],
  phones: ['_', ' ', '.', 'AA1', 'B'],
  letters: ['a'],
  firstPhone: 8,
  firstLetter: 13,
  firstUnit: 14,
}
const vocabulary = createVocabulary({ codes: 16, lm: { vocabulary: lmVocabulary } })

const phone = fc.record({
  phone: fc.constantFrom(...lmVocabulary.phones),
  units: fc.array(fc.nat(15), { minLength: 1, maxLength: 5 }),
})
const spoken = fc
  .array(fc.array(phone, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 3 })
  .map((utterances) => ({
    utterances: utterances.map((phones) => phones.map((each) => each.phone)),
    take: {
      units: utterances.flat().flatMap(({ units }) => units),
      durationsFrames: utterances.flat().map(({ units }) => units.length),
    },
  }))

describe('a take as tokens', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(spoken, ({ utterances, take }) => {
        const tokens = takeToTokens(utterances, take, vocabulary)
        expect(tokensToTake(tokens, vocabulary)).toEqual(take)
        expect(tokens.every((row) => row.indexOf(vocabulary.eos) === row.length - 1)).toBe(true)
      }),
    )
  })

  it('parts into its utterances', () => {
    fc.assert(
      fc.property(spoken, ({ utterances, take }) => {
        const parts = takeToUtterances(utterances, take)
        expect(parts.flatMap(({ units }) => units)).toEqual(take.units)
        expect(parts.flatMap((part) => part.durationsFrames)).toEqual(take.durationsFrames)
        parts.forEach((part, i) => {
          expect(part.durationsFrames).toHaveLength(utterances[i].length)
          expect(takeToTokens([utterances[i]], part, vocabulary)).toHaveLength(1)
        })
      }),
    )
  })

  it('has its steps in their utterances', () => {
    fc.assert(
      fc.property(spoken, ({ utterances, take }) => {
        const tokens = takeToTokens(utterances, take, vocabulary)
        const places = tokens.flatMap((row, utterance) => row.map((_, step) => ({ utterance, step })))
        expect(places.map((_, step) => locateStep(utterances, take, step))).toEqual(places)
        for (const step of [-1, 0.5, places.length]) {
          expect(() => locateStep(utterances, take, step)).toThrow(/has the steps/)
        }
      }),
    )
  })

  it('is refused where it does not fit its phones', () => {
    const utterances = [['_', 'B', '_']]
    const wrong = [
      { units: [1, 2], durationsFrames: [1, 1, 1] },
      { units: [1, 2], durationsFrames: [1, 1] },
      { units: [1, 2], durationsFrames: [2, 0, 0] },
      { units: [1, 2, 16], durationsFrames: [1, 1, 1] },
      { units: [1, 2, 0.5], durationsFrames: [1, 1, 1] },
    ]
    for (const take of wrong) {
      let code = 'none'
      try {
        takeToTokens(utterances, take, vocabulary)
      } catch (thrown) {
        code = toPlainError(thrown).code
      }
      expect(code).toBe('units-invalid')
    }
  })
})
