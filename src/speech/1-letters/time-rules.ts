/** Owns: how clock times are read: 8:20, 10:05 pm, 5 p.m., 12:00, 16:9. */
import { cardinalToWords, pairToWords } from './numbers'
import { type Place, type Rule, endOf, endsSentence, rule } from './reader'

const HALF_OF_DAY = String.raw`(?: ?([AaPp])(?:\.? ?[Mm]\.|[Mm](?![A-Za-z0-9'])))`

/** “P M”, with the sentence's full stop where the abbreviation's one stands for both. */
function halfOfDay(letter: string | undefined, match: RegExpExecArray, { text }: Place): string {
  if (letter === undefined) return ''
  const ends = match[0].endsWith('.') && endsSentence(text, endOf(match))
  return ` ${letter.toUpperCase()} M${ends ? ' .' : ''}`
}

function clockToWords(hours: string, minutes: string, hasHalf: boolean): string {
  const hour = cardinalToWords(String(Number(hours)))
  if (minutes !== '00') return `${hour} ${pairToWords(minutes)}`
  if (hasHalf) return hour
  return Number(hours) <= 12 && Number(hours) > 0 ? `${hour} o'clock` : `${hour} hundred`
}

export const TIME_RULES: readonly Rule[] = [
  rule(
    new RegExp(String.raw`([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?![\d:])${HALF_OF_DAY}?`),
    (match, place) => {
      const [, hours, minutes, seconds, half] = match
      const after = seconds === undefined ? '' : ` and ${cardinalToWords(String(Number(seconds)))} seconds`
      return clockToWords(hours, minutes, half !== undefined) + after + halfOfDay(half, match, place)
    },
  ),
  rule(new RegExp(String.raw`(1[0-2]|0?[1-9])${HALF_OF_DAY}`), (match, place) => {
    const [, hours, half] = match
    return cardinalToWords(String(Number(hours))) + halfOfDay(half, match, place)
  }),
  rule(
    /(\d{1,4}):(\d{1,4})(?![\d:])/,
    ([, first, second]) => `${cardinalToWords(first)} to ${cardinalToWords(second)}`,
  ),
]
