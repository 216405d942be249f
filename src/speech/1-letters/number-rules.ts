/** Owns: how plain numbers are read: cardinals, ordinals, fractions, versions, years and decades. */
import {
  cardinalToWords,
  fractionToWords,
  isFraction,
  numberToWords,
  ordinalToWords,
  pairToWords,
  pluralOf,
  yearToWords,
} from './numbers'
import { NUMBER, type Place, type Rule, endOf, rule } from './reader'
import { MONTHS } from './date-rules'

const YEAR_HINTS = new Set([
  ...'in since of by from until till before after during year circa around late early summer winter spring autumn fall class'.split(
    ' ',
  ),
  ...MONTHS,
])

/** A plural after a number counts things: “1984 people”, “1500 watts”. */
const COUNTED = /-? ([a-z]{2,20}s|people|men|women|children|feet|mice|fish|sheep)(?![a-z'])/y
const NO_PLURALS = new Set('was is has as this us its his does thus always perhaps'.split(' '))

function looksLikeYear(digits: string, { text, previous }: Place, end: number): boolean {
  COUNTED.lastIndex = end
  const counted = COUNTED.exec(text)?.[1]
  if (counted !== undefined && !NO_PLURALS.has(counted)) return false
  return YEAR_HINTS.has(previous.toLowerCase())
    ? /^(?:1\d|20)\d\d$/.test(digits)
    : /^(?:1[1-9]|20)\d\d$/.test(digits)
}

/** Five hundreds, but no “one” before hundreds or thousands. */
const roundPlural = (words: string): string => pluralOf(words).replace(/^one (?=\w+$)/, '')

/** 1980s, 1900s, 90s, 100s of: before units, or they would be seconds. */
export const PLURALS: readonly Rule[] = [
  rule(/(1\d|20)(\d0)'?s(?![A-Za-z])/, ([, century, decade]) => roundPlural(yearToWords(century + decade))),
  rule(/([2-9]0)'?s(?![A-Za-z])/, ([, decade]) => pluralOf(cardinalToWords(decade))),
  // But “a 100s wait”.
  rule(/(\d{1,3}(?:,\d{3}){1,4}|\d{3,15})'?s(?![A-Za-z])/, ([, digits], { previous }) =>
    digits.endsWith('00') && previous.toLowerCase() !== 'a'
      ? roundPlural(cardinalToWords(digits))
      : undefined,
  ),
  rule(/10'?s(?= of )/, () => 'tens'),
]

export const NUMBER_RULES: readonly Rule[] = [
  rule(/(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:st|nd|rd|th)(?![A-Za-z0-9])/, ([, digits]) =>
    ordinalToWords(digits),
  ),
  rule(/24\/7(?![\d/])/, () => 'twenty four seven'),
  rule(/9\/11(?![\d/])/, () => 'nine eleven'),
  rule(/(\d{1,9}) (\d{1,2})\/(\d{1,3})(?![\d/])/, ([, whole, numerator, denominator]) =>
    isFraction(numerator, denominator)
      ? `${cardinalToWords(whole)} and ${fractionToWords(numerator, denominator, 'a')}`
      : undefined,
  ),
  rule(/(\d{1,9})\/(\d{1,9})(?![\d/])/, ([, numerator, denominator]) =>
    isFraction(numerator, denominator)
      ? fractionToWords(numerator, denominator)
      : `${cardinalToWords(numerator)} over ${cardinalToWords(denominator)}`,
  ),
  // versions and addresses: 1.2.3, 192.168.0.1
  rule(/\d{1,9}(?:\.\d{1,9}){2,7}(?![\d.]\d)/, ([version]) =>
    version.split('.').map(cardinalToWords).join(' point '),
  ),
  // 6.02e23
  rule(
    new RegExp(`(${NUMBER})[eE]([+-]?)(\\d{1,4})(?![A-Za-z0-9])`),
    ([, number, sign, power]) =>
      `${numberToWords(number)} times ten to the ${sign === '-' ? 'minus ' : ''}${cardinalToWords(power)}`,
  ),
  rule(/(\d{1,15})'?s(?![A-Za-z])/, ([, digits]) => pluralOf(cardinalToWords(digits))),
  rule(new RegExp(`${NUMBER}(?![A-Za-z0-9])`), (match, place) => {
    const digits = match[0]
    return looksLikeYear(digits, place, endOf(match)) ? yearToWords(digits) : numberToWords(digits)
  }),
]

/** After an apostrophe: '90s, '05. */
export const SHORT_YEARS: readonly Rule[] = [
  rule(/'(\d0)s(?![A-Za-z])/, ([, decade]) => pluralOf(cardinalToWords(decade))),
  rule(/'(\d\d)(?![A-Za-z0-9'])/, ([, year]) => pairToWords(year)),
]
