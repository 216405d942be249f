/** Owns: how dates are read: September 6, 2024; 6 Sep 2024; 2024-09-06; 9/6/2024 (month first, as in the US). */
import { ordinalToWords, yearToWords } from './numbers'
import { type Reading, type Rule, rule } from './reader'

export const MONTHS =
  'january february march april may june july august september october november december'.split(' ')

/** A month's full name from its name or first letters, as written with a capital. */
function monthOf(name: string): string | undefined {
  const lower = name.toLowerCase()
  return /^[A-Z]/.test(name) && (lower.length === 3 || lower === 'sept' || MONTHS.includes(lower))
    ? MONTHS.find((month) => month.startsWith(lower))
    : undefined
}

const isDay = (day: string): boolean => Number(day) >= 1 && Number(day) <= 31
const isMonth = (month: string): boolean => Number(month) >= 1 && Number(month) <= 12

/** Two digits mean 1950 to 2049. */
const fullYear = (year: string): string =>
  year.length === 2 ? `${Number(year) < 50 ? '20' : '19'}${year}` : year

function dateToWords(month: string, day: string, year: string | undefined): Reading {
  const date = `${month} ${ordinalToWords(String(Number(day)))}`
  return year === undefined ? date : `${date} , ${yearToWords(fullYear(year))}`
}

const NO_DIGIT_AFTER = String.raw`(?![\d:/]|[.,]\d)`
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`

/** Numbers first. */
export const NUMERIC_DATES: readonly Rule[] = [
  rule(/(\d{4})-(\d{2})-(\d{2})(?![\d-])/, ([, year, month, day]) =>
    isMonth(month) && isDay(day) ? dateToWords(MONTHS[Number(month) - 1], day, year) : undefined,
  ),
  rule(/(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\d/])/, ([, first, second, year]) => {
    const [month, day] = isMonth(first) ? [first, second] : [second, first]
    return isMonth(month) && isDay(day) ? dateToWords(MONTHS[Number(month) - 1], day, year) : undefined
  }),
  rule(/(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])/, ([, day, month, year]) =>
    isMonth(month) && isDay(day) ? dateToWords(MONTHS[Number(month) - 1], day, year) : undefined,
  ),
  rule(
    new RegExp(String.raw`${DAY}(?: of)? ([A-Z][a-z]{2,8})\.?(?:,? (\d{4})${NO_DIGIT_AFTER})?(?![A-Za-z'])`),
    ([, day, name, year], { previous }) => {
      const month = monthOf(name)
      if (!month || !isDay(day)) return undefined
      const article = previous.toLowerCase() === 'the' ? '' : 'the '
      const date = `${article}${ordinalToWords(String(Number(day)))} of ${month}`
      return year === undefined ? date : `${date} , ${yearToWords(year)}`
    },
  ),
]

/** A month's name first. */
export const NAMED_DATES: readonly Rule[] = [
  rule(
    new RegExp(
      String.raw`([A-Z][a-z]{2,8})\.? ${DAY}${NO_DIGIT_AFTER}(?:-${DAY}${NO_DIGIT_AFTER})?(?:,? (\d{4})${NO_DIGIT_AFTER})?`,
    ),
    ([, name, day, lastDay, year]) => {
      const month = monthOf(name)
      if (!month || !isDay(day)) return undefined
      const until = lastDay === undefined ? '' : ` to ${ordinalToWords(lastDay)}`
      return dateToWords(month, day, undefined) + until + (year ? ` , ${yearToWords(year)}` : '')
    },
  ),
  // Before a number, or without a full stop before a year: Sept. 2024, Jan 2024.
  rule(
    new RegExp(String.raw`([A-Z][a-z]{2,3})(?:\. ?(?=\d)| (?=(?:1\d|20)\d\d${NO_DIGIT_AFTER}))`),
    ([, name]) => monthOf(name),
  ),
]
