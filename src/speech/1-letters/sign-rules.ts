/** Owns: what is neither letter nor digit: marks, brackets, dashes, line breaks, and signs that are read or left out. */
import { cardinalToWords, numberToWords } from './numbers'
import { type Place, type Rule, endOf, rule } from './reader'

/** A line this long was broken by its editor; a shorter one ends a line of verse, a list or a heading. */
const WRAPPED_LINE_CHARACTERS = 60

const characterBefore = ({ text, start }: Place): string => text[start - 1] ?? ' '
const isOperand = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z0-9)(]/.test(character)

/** Between two operands, spaces apart or not. */
function isBetween(match: RegExpExecArray, place: Place): boolean {
  const { text, start } = place
  const before = characterBefore(place) === ' ' ? text[start - 2] : characterBefore(place)
  const end = endOf(match)
  return isOperand(before) && isOperand(text[end] === ' ' ? text[end + 1] : text[end])
}

function readLineBreak(match: RegExpExecArray, { text, start, previous }: Place): string {
  const breaks = match[0].split('\n').length - 1
  if (breaks === 0) return ''
  if (breaks > 1) return '.'
  const next = text[endOf(match)] ?? ''
  const lineLength = start - (text.lastIndexOf('\n', start - 1) + 1)
  const isWrapped =
    previous === '' || /[a-z]/.test(next) || (lineLength >= WRAPPED_LINE_CHARACTERS && isOperand(next))
  return isWrapped ? '' : '.'
}

/** Read aloud where they stand between two operands, else left out. */
const OPERATORS: Readonly<Record<string, string>> = {
  '=': 'equals',
  '<': 'less than',
  '>': 'greater than',
  '*': 'times',
  '×': 'times',
  '÷': 'divided by',
}
/** Read aloud anywhere. */
const NAMED: Readonly<Record<string, string>> = {
  '%': 'percent',
  '°': 'degrees',
  '±': 'plus or minus',
  '§': 'section',
  '&': 'and',
  '+': 'plus',
  '@': 'at',
  '¢': 'cents',
}
/** Layout, not content: silent and not worth a report. */
const SILENT = '"_-/'

const POWERS: Readonly<Record<string, string>> = { '2': 'squared', '3': 'cubed' }

/** How a quantity begins: 9am, 10%, $5k, '90s. */
const QUANTITY = /^[$£€¥₹']?\.?\d/

export const SIGN_RULES: readonly Rule[] = [
  rule(/[ \n]+/, readLineBreak),
  rule(/\.{2,}/, () => ','),
  rule(/[:;=]-?[)(DPp](?![A-Za-z0-9])/, ([face], { skip }) => {
    skip(face)
    return ''
  }),
  rule(/\.\d{1,30}/, ([decimals], place) =>
    /[A-Za-z0-9]/.test(characterBefore(place)) ? undefined : numberToWords(decimals),
  ),
  rule(/[,.?!;:]/, ([mark]) => mark),
  rule(/[()[\]{}|]/, () => ','),
  rule(/-{2,}/, () => ','),
  rule(/-(?=\.?\d)/, (_, place) => {
    const before = characterBefore(place)
    if (/[\s(=,:;$]/.test(before)) return 'minus'
    return /\d/.test(before) || QUANTITY.test(place.previous) ? 'to' : ''
  }),
  rule(/- /, (_, place) => {
    if (characterBefore(place) !== ' ') return ''
    return /\d -/.test(place.text.slice(place.start - 2, place.start + 1)) &&
      /\d/.test(place.text[place.start + 2] ?? '')
      ? 'minus'
      : ','
  }),
  rule(/([*=_#~^+<>|\\/])\1+/, ([run], { skip }) => {
    skip(run[0])
    return ''
  }),
  rule(/\^(-?)(\d{1,4})/, ([, minus, power]) =>
    minus === '' && POWERS[power] ? POWERS[power] : `to the ${minus && 'minus '}${cardinalToWords(power)}`,
  ),
  // A charge: Cl⁻.
  rule(/\^-(?![A-Za-z0-9])/, () => 'minus'),
  rule(/\/ ?(?=(?:second|minute|hour|day|week|month|year|person|night|kg|lb|hr|mo|yr)\b)/, () => 'per'),
  rule(/\/(?=[A-Za-z])/, (_, place) =>
    place.previous.endsWith('and') ? '' : isOperand(characterBefore(place)) ? 'slash' : '',
  ),
  rule(/~ ?(?=\d)/, () => 'about'),
  rule(/[=<>*×÷]/, (match, place) => (isBetween(match, place) ? OPERATORS[match[0]] : undefined)),
  rule(/[%°±§&+@¢]/, ([sign]) => NAMED[sign]),
  rule(/[^]/, ([sign], { skip }) => {
    if (!SILENT.includes(sign)) skip(sign)
    return ''
  }),
]
