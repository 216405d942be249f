/**
 * Owns: numbers -> words. Digits come in as strings, so that leading zeros and long codes keep their look. Words come out
 * in small letters with spaces, no hyphens and no “and”.
 */
import { toCardinal, toOrdinal } from 'n2words/en-US'

/** Beyond this a double loses digits, and a listener too. */
const LONGEST_CARDINAL_DIGITS = 15

const DIGIT_NAMES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

const unhyphened = (words: string): string => words.replaceAll('-', ' ')
const withoutCommas = (digits: string): string => digits.replaceAll(',', '')

export function digitsToWords(digits: string): string {
  return (digits.match(/\d/g) ?? []).map((digit) => DIGIT_NAMES[Number(digit)]).join(' ')
}

/** `1,200` -> one thousand two hundred; `007` and very long ones digit by digit. */
export function cardinalToWords(digits: string): string {
  const plain = withoutCommas(digits)
  if (plain.length > LONGEST_CARDINAL_DIGITS || (plain.length > 1 && plain.startsWith('0')))
    return digitsToWords(plain)
  return unhyphened(toCardinal(Number(plain)))
}

export function ordinalToWords(digits: string): string {
  const plain = withoutCommas(digits)
  const value = Number(plain)
  if (plain.length > LONGEST_CARDINAL_DIGITS || value === 0) return `${cardinalToWords(plain)} th`
  return unhyphened(toOrdinal(value))
}

/** `3.14` -> three point one four; `.5` -> point five. */
export function numberToWords(number: string): string {
  const [whole, decimals] = number.split('.')
  const wholeWords = whole === '' ? '' : cardinalToWords(whole)
  return decimals === undefined ? wholeWords : `${wholeWords} point ${digitsToWords(decimals)}`.trim()
}

/** Four digits: 1984 -> nineteen eighty four, 1905 -> nineteen oh five, 2005 -> two thousand five. */
export function yearToWords(year: string): string {
  const value = Number(year)
  if (year.length !== 4 || value < 1000 || value % 1000 < 10) return cardinalToWords(year)
  const century = cardinalToWords(year.slice(0, 2))
  return `${century} ${value % 100 === 0 ? 'hundred' : pairToWords(year.slice(2))}`
}

/** Two digits as clocks and years say them: `05` -> oh five, `20` -> twenty. */
export function pairToWords(pair: string): string {
  return pair.startsWith('0') && pair !== '00' ? `oh ${DIGIT_NAMES[Number(pair)]}` : cardinalToWords(pair)
}

const HALVES_AND_QUARTERS: Readonly<Record<string, readonly [one: string, more: string]>> = {
  '2': ['half', 'halves'],
  '4': ['quarter', 'quarters'],
}

const LARGEST_DENOMINATOR = 100

/** Proper, and not too fine: 120/80 and 3/1000 are said otherwise. */
export function isFraction(numerator: string, denominator: string): boolean {
  const [part, whole] = [Number(numerator), Number(denominator)]
  return part > 0 && part < whole && whole <= LARGEST_DENOMINATOR
}

/** `3`, `4` -> three quarters; `1`, `2` -> one half, or a half after a whole number. */
export function fractionToWords(numerator: string, denominator: string, oneWord = 'one'): string {
  const [one, more] = HALVES_AND_QUARTERS[denominator] ?? [
    ordinalToWords(denominator),
    pluralOf(ordinalToWords(denominator)),
  ]
  return numerator === '1' ? `${oneWord} ${one}` : `${cardinalToWords(numerator)} ${more}`
}

/** The last word in the plural: nineties, sixes, eighties, thirds. */
export function pluralOf(words: string): string {
  if (words.endsWith('y')) return `${words.slice(0, -1)}ies`
  return /(?:s|x|sh|ch)$/.test(words) ? `${words}es` : `${words}s`
}
