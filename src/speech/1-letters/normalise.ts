/**
 * Owns: text -> words and marks, ready to be given phones. Reads numbers, dates, money, addresses and the like aloud and
 * lists what it cannot. Takes any string whatever, in linear time. Knows no phones: the lexicon is a predicate.
 */
import { ABBREVIATION_RULES } from './abbreviation-rules'
import { ADDRESS_RULES, TAG_RULES } from './address-rules'
import { NAMED_DATES, NUMERIC_DATES } from './date-rules'
import { foldText } from './fold'
import { MONEY_AFTER, MONEY_BEFORE } from './money-rules'
import { NUMBER_RULES, PLURALS, SHORT_YEARS } from './number-rules'
import { PHONE_NUMBER_RULES } from './phone-number-rules'
import { type Place, type Reading, type Rule, endOf } from './reader'
import { SIGN_RULES } from './sign-rules'
import { TIME_RULES } from './time-rules'
import { type NormalisedText, type Span, type TextToken, closingMark, isMark, strongerMark } from './token'
import { BARE_DECIMALS, UNIT_RULES } from './unit-rules'
import { CODE_RULES, WORD_RULES } from './word-rules'

/** By what a place starts with; order decides. */
const DIGIT_RULES: readonly Rule[] = [
  ...NUMERIC_DATES,
  ...PHONE_NUMBER_RULES,
  ...TIME_RULES,
  ...MONEY_AFTER,
  ...PLURALS,
  ...UNIT_RULES,
  ...NUMBER_RULES,
  ...CODE_RULES,
]
const LETTER_RULES: readonly Rule[] = [...ADDRESS_RULES, ...NAMED_DATES, ...ABBREVIATION_RULES, ...WORD_RULES]
const OTHER_RULES: readonly Rule[] = [
  ...MONEY_BEFORE,
  ...PHONE_NUMBER_RULES,
  ...TAG_RULES,
  ...BARE_DECIMALS,
  ...SIGN_RULES,
]
const APOSTROPHE_RULES: readonly Rule[] = [...SHORT_YEARS, ...WORD_RULES]

function rulesFor(character: string): readonly Rule[] {
  if (/\d/.test(character)) return DIGIT_RULES
  if (/[A-Za-z]/.test(character)) return LETTER_RULES
  return character === "'" ? APOSTROPHE_RULES : OTHER_RULES
}

/** `isWord` says whether the lexicon has a lower-case word. No words at all: no tokens. */
export function normaliseText(source: string, isWord: (word: string) => boolean): NormalisedText {
  const { text, unreadable, toSource } = foldText(source)
  const skipped = new Set(unreadable)
  const tokens: TextToken[] = []
  const shouting = isShouting(text)
  const skip = (sign: string): void => void skipped.add(sign)

  let at = 0
  let previous = ''
  while (at < text.length) {
    const place: Place = { text, start: at, previous, shouting, isWord, skip }
    const [reading, end] = readAt(place)
    appendReading(tokens, reading, toSource(at, end))
    const last = tokens[tokens.length - 1]
    if (!last || last.kind === 'mark') previous = ''
    else if (reading !== '') previous = text.slice(at, end).trim()
    at = end
  }

  const last = tokens[tokens.length - 1]
  if (last?.kind === 'mark') tokens[tokens.length - 1] = { kind: 'mark', mark: closingMark(last.mark) }
  else if (last) tokens.push({ kind: 'mark', mark: '.' })
  return { tokens, skipped: [...skipped] }
}

function readAt(place: Place): readonly [reading: Reading, end: number] {
  for (const { pattern, read } of rulesFor(place.text[place.start])) {
    pattern.lastIndex = place.start
    const match = pattern.exec(place.text)
    const reading = match ? read(match, place) : undefined
    if (match && reading !== undefined) return [reading, endOf(match)]
  }
  return ['', place.start + 1]
}

function appendReading(tokens: TextToken[], reading: Reading, source: Span): void {
  for (const text of reading.split(' ')) {
    if (text === '') continue
    const last = tokens[tokens.length - 1]
    if (!isMark(text)) {
      const kind = /^[A-Z]/.test(text) ? 'letter' : 'word'
      tokens.push({ kind, text: text.toLowerCase(), source })
    } else if (last?.kind === 'mark') {
      tokens[tokens.length - 1] = { kind: 'mark', mark: strongerMark(last.mark, text) }
    } else if (last) {
      tokens.push({ kind: 'mark', mark: text })
    }
  }
}

/** More capitals than small letters, in more than one or two words. */
function isShouting(text: string): boolean {
  const capitals = text.match(/[A-Z]/g)?.length ?? 0
  const small = text.match(/[a-z]/g)?.length ?? 0
  return capitals > 12 && capitals > 2 * small
}
