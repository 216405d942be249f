import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseText } from './normalise'
import type { TextToken } from './token'
import { guessPhones, MOST_PHONES, MOST_WORDS, splitUtterances } from './utterances'

const source = { start: 0, end: 1 }
const token = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.stringMatching(/^[a-z]{1,12}$/).map((text): TextToken => ({ kind: 'word', text, source })),
  },
  { weight: 1, arbitrary: fc.constant<TextToken>({ kind: 'letter', text: 'b', source }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(',', '.', '?', '!', ';', ':')
      .map((mark): TextToken => ({ kind: 'mark', mark })),
  },
)
const tokensOf = (text: string) => normaliseText(text, () => true).tokens
const wordCounts = (text: string) =>
  splitUtterances(tokensOf(text)).map((piece) => piece.filter(({ kind }) => kind !== 'mark').length)

describe('splitUtterances', () => {
  it('loses nothing and keeps to its limits', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 300 }), (tokens) => {
        const pieces = splitUtterances(tokens)
        expect(pieces.flat()).toEqual(tokens)
        for (const piece of pieces) {
          const words = piece.filter(({ kind }) => kind !== 'mark').length
          expect(words).toBeLessThanOrEqual(MOST_WORDS)
          expect(words > 0 || pieces.length === 1).toBe(true)
          expect(guessPhones(piece)).toBeLessThanOrEqual(MOST_PHONES)
        }
      }),
    )
  })

  it('breaks at sentences first', () => {
    expect(wordCounts('One two. Three four five? Six!')).toEqual([2, 3, 1])
  })

  it('breaks a long sentence at its pauses', () => {
    expect(wordCounts(`${'so '.repeat(20)}, ${'no '.repeat(4)}, ${'go '.repeat(9)}`)).toEqual([24, 9])
  })

  it('breaks a clause without pauses into like pieces', () => {
    expect(wordCounts('so '.repeat(60))).toEqual([20, 20, 20])
  })

  it('keeps to its phones where long words stand together', () => {
    const clause = `${'internationalisation '.repeat(11)}${'understandings '.repeat(11)}`
    expect(splitUtterances(tokensOf(clause)).map(guessPhones)).toEqual([147, 144, 106])
  })

  it('counts long words as more', () => {
    expect(wordCounts('internationalisation '.repeat(20)).every((words) => words <= 10)).toBe(true)
  })

  it('has nothing to say to nothing', () => {
    expect(splitUtterances([])).toEqual([])
  })
})
