import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignmentToRate, phoneErrorRate, poolRates, wordErrorRate } from './errorRate'

const items = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })

const distance = (a: string[], b: string[]): number => alignmentToRate(a, b).errors

describe('the alignment', () => {
  it('holds both sides in order and as many errors as it says', () => {
    fc.assert(
      fc.property(items, items, (reference, heard) => {
        const { errors, pairs } = alignmentToRate(reference, heard)
        expect(pairs.flatMap((pair) => (pair.kind === 'added' ? [] : [pair.reference]))).toEqual(reference)
        expect(pairs.flatMap((pair) => (pair.kind === 'missed' ? [] : [pair.heard]))).toEqual(heard)
        expect(pairs.filter(({ kind }) => kind !== 'same').length).toBe(errors)
      }),
    )
  })

  it('is a distance', () => {
    fc.assert(
      fc.property(items, items, items, (a, b, c) => {
        expect(distance(a, a)).toBe(0)
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c))
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })

  it('made of halves has as many errors, and both sides in order', () => {
    fc.assert(
      fc.property(items, items, (reference, heard) => {
        const { errors, length, rate, pairs } = alignmentToRate(reference, heard, 12)
        const whole = alignmentToRate(reference, heard)
        expect({ errors, length, rate }).toEqual({
          errors: whole.errors,
          length: whole.length,
          rate: whole.rate,
        })
        expect(pairs.flatMap((pair) => (pair.kind === 'added' ? [] : [pair.reference]))).toEqual(reference)
        expect(pairs.flatMap((pair) => (pair.kind === 'missed' ? [] : [pair.heard]))).toEqual(heard)
      }),
    )
  })

  it('knows the classic', () => {
    expect(distance('kitten'.split(''), 'sitting'.split(''))).toBe(3)
    expect(alignmentToRate([], ['a', 'b'])).toMatchObject({ errors: 2, length: 0, rate: 2 })
  })
})

describe('error rates', () => {
  it('of phones ignore stress, silences and punctuation', () => {
    expect(phoneErrorRate(['_', 'HH', 'AH0', ' ', 'L', 'OW1', '.'], ['HH', 'AH1', 'L', 'OW2'])).toMatchObject(
      {
        errors: 0,
        length: 4,
      },
    )
    expect(phoneErrorRate(['HH', 'AH0', 'L', 'OW1'], ['HH', 'L', 'UW1']).rate).toBe(0.5)
  })

  it('of words ignore case and punctuation, not apostrophes', () => {
    expect(wordErrorRate('Well, it’s a well-known “fact”!', "well it's a well known fact").errors).toBe(0)
    expect(wordErrorRate('one two three', 'one too three four').rate).toBeCloseTo(2 / 3)
    expect(wordErrorRate("it's", 'its').errors).toBe(1)
  })

  it('of words count numbers', () => {
    expect(wordErrorRate('Room 101', 'room 250')).toMatchObject({ errors: 1, length: 2 })
  })

  it.each([
    ['yes—no', 'yes no'],
    ['either/or', 'either or'],
    ['It ended.Then', 'it ended then'],
  ])('of words part what %s joins', (written, words) => {
    expect(wordErrorRate(written, words)).toMatchObject({ errors: 0, length: words.split(' ').length })
  })

  it.each(["'hello'", '‘hello’', "hello'"])('of words know %s without its quotes', (quoted) => {
    expect(wordErrorRate(quoted, 'hello').errors).toBe(0)
  })

  it('of words know a letter however it is encoded', () => {
    expect(wordErrorRate('café'.normalize('NFD'), 'café'.normalize('NFC')).errors).toBe(0)
    expect(wordErrorRate('x̂', 'x').errors).toBe(1)
    expect(wordErrorRate('well\u00ADknown', 'wellknown').errors).toBe(0)
  })

  it('pool by length', () => {
    const rates = [wordErrorRate('a b c d', 'a b c d'), wordErrorRate('a', 'b')]
    expect(poolRates(rates)).toEqual({ errors: 1, length: 5, rate: 0.2 })
  })
})
