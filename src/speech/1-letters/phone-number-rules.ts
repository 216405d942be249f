/** Owns: how telephone numbers and hyphened codes are read: digit by digit, a pause between groups. */
import { digitsToWords } from './numbers'
import { type Reading, type Rule, rule } from './reader'

function groupsToWords(number: string): Reading {
  return (number.match(/\d+/g) ?? []).map(digitsToWords).join(' , ')
}

const CALLING_WORDS = new Set(['call', 'dial', 'phone', 'tel', 'telephone', 'number', 'fax', 'at', 'text'])

/** Before plain numbers; a bracket or a plus may open one. */
export const PHONE_NUMBER_RULES: readonly Rule[] = [
  // A country's code stands apart, or the whole is too long for a count; one group after a full stop is decimals.
  rule(
    /\+(?:\d{1,3}(?=[ (-])(?:[ .-]?\(?\d{2,5}\)?){2,5}|\d{1,3}(?:\.\d{2,5}){2,5}|\d{10,15}(?![.,]\d))(?!\d)/,
    ([number]) => `plus ${groupsToWords(number)}`,
  ),
  rule(/(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)/, ([number]) => groupsToWords(number)),
  rule(/\d{3}-\d{4}(?![\d-])/, ([number], { previous }) =>
    number.startsWith('555') || CALLING_WORDS.has(previous.toLowerCase()) ? groupsToWords(number) : undefined,
  ),
  rule(/\d{1,12}(?:-\d{1,12}){2,7}(?![\d-])/, ([number]) => groupsToWords(number)),
]
