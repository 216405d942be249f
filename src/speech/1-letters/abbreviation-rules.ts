/** Owns: abbreviations that end in a full stop, dotted letters (U.S., p.m.) and Roman numerals. */
import { cardinalToWords, ordinalToWords } from './numbers'
import {
  type Place,
  type Reading,
  type Rule,
  endOf,
  endsSentence,
  isCapitalised,
  isOpener,
  rule,
} from './reader'

/** Titles come before a name, so their full stop never ends a sentence. */
const TITLES: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    Mr: 'mr',
    Mrs: 'mrs',
    Ms: 'ms',
    Dr: 'dr',
    St: 'st',
    Prof: 'professor',
    Rev: 'reverend',
    Gen: 'general',
    Col: 'colonel',
    Capt: 'captain',
    Lt: 'lieutenant',
    Sgt: 'sergeant',
    Gov: 'governor',
    Sen: 'senator',
    Rep: 'representative',
    Mt: 'mount',
  }),
)

/** These may end a sentence. */
const SHORT_FORMS: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    etc: 'etc',
    vs: 'versus',
    Jr: 'junior',
    Sr: 'senior',
    Ave: 'avenue',
    Blvd: 'boulevard',
    Inc: 'incorporated',
    Ltd: 'limited',
    Corp: 'corporation',
    Co: 'company',
    approx: 'approximately',
    Approx: 'approximately',
    Apt: 'apartment',
    dept: 'department',
    Dept: 'department',
    govt: 'government',
    misc: 'miscellaneous',
    Mon: 'monday',
    Tue: 'tuesday',
    Tues: 'tuesday',
    Wed: 'wednesday',
    Thu: 'thursday',
    Thurs: 'thursday',
    Fri: 'friday',
    Jan: 'january',
    Feb: 'february',
    Aug: 'august',
    Sept: 'september',
    Oct: 'october',
    Nov: 'november',
    Dec: 'december',
  }),
)

/** Short for these only before a number: No. 5, p. 12. */
const BEFORE_NUMBERS: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    no: 'number',
    nos: 'numbers',
    p: 'page',
    pp: 'pages',
    vol: 'volume',
    fig: 'figure',
    ch: 'chapter',
  }),
)

/** Without a full stop too. */
const STREET_WORDS: ReadonlyMap<string, Reading> = new Map(Object.entries({ St: 'street', Dr: 'drive' }))

function withStop(reading: Reading, match: RegExpExecArray, { text }: Place): Reading {
  return endsSentence(text, endOf(match)) ? `${reading} .` : reading
}

const spellDotted = (letters: string): Reading =>
  letters.replaceAll('.', '').toUpperCase().split('').join(' ')

const ROMAN = /^(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/
const ROMAN_VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 }

function romanToNumber(roman: string): number {
  const values = roman.split('').map((sign) => ROMAN_VALUES[sign])
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0)
}

const NUMBERED = new Set(
  'chapter part act scene book volume section title article appendix phase type figure table level episode season round war bowl mark apollo stage'.split(
    ' ',
  ),
)
const REGNAL = new Set(
  (
    'henry louis george edward elizabeth james charles william richard john paul pius benedict gregory leo innocent clement ' +
    'napoleon nicholas peter catherine alexander frederick philip francis ferdinand ivan mary ramses ramesses ptolemy ' +
    'wilhelm otto christian gustav julius boniface urban stephen alfonso carlos juan robert david harald olaf darius xerxes'
  ).split(' '),
)
const CLAUSE_END = /(?= ?(?:[,.;:?!)\n]|$))/y

function readRoman(match: RegExpExecArray, { text, previous }: Place): Reading | undefined {
  const [, roman, possessive = ''] = match
  // A lone L or C is a letter: Appendix C.
  if (!ROMAN.test(roman) || roman === 'L' || roman === 'C') return undefined
  const before = previous.toLowerCase()
  const number = String(romanToNumber(roman))
  CLAUSE_END.lastIndex = endOf(match)
  // A bare I is a pronoun unless it ends the clause or owns something.
  const isPronoun = roman === 'I' && possessive === '' && !CLAUSE_END.test(text)
  if (NUMBERED.has(before))
    return isPronoun && !isCapitalised(previous) ? undefined : cardinalToWords(number) + possessive
  if (!isCapitalised(previous) || isOpener(previous)) return undefined
  if (REGNAL.has(before)) return isPronoun ? undefined : `the ${ordinalToWords(number)}${possessive}`
  return /^[XVI]{2,}$/.test(roman) ? cardinalToWords(number) + possessive : undefined
}

export const ABBREVIATION_RULES: readonly Rule[] = [
  rule(/[eE]\.g\./, () => 'for example'),
  rule(/[iI]\.e\./, () => 'that is'),
  rule(/Ph\.?D\.?(?![A-Za-z])/, (match, place) =>
    match[0].endsWith('.') ? withStop('P H D', match, place) : 'P H D',
  ),
  rule(/((?:[A-Za-z]\.){2,10})('s)?(?![A-Za-z0-9])/, (match, place) =>
    match[2] === undefined ? withStop(spellDotted(match[1]), match, place) : `${spellDotted(match[1])}'s`,
  ),
  rule(/([IVXLC]{1,9})('s)?(?![A-Za-z0-9]|'[A-Za-z])/, readRoman),
  rule(/([A-Za-z]{1,3})\.? ?(?=\d)/, ([whole, name]) =>
    whole.includes('.') || whole === 'No ' ? BEFORE_NUMBERS.get(name.toLowerCase()) : undefined,
  ),
  rule(/(St|Dr)\./, (match, place) => {
    const onward = / [A-Z]/y
    onward.lastIndex = endOf(match)
    const isStreet =
      isCapitalised(place.previous) && (!onward.test(place.text) || endsSentence(place.text, endOf(match)))
    return isStreet ? withStop(STREET_WORDS.get(match[1]) ?? '', match, place) : undefined
  }),
  rule(/([A-Z][a-z]{1,4})\./, ([, name]) => TITLES.get(name)),
  rule(/([A-Za-z]{2,6})\./, (match, place) => {
    const reading = SHORT_FORMS.get(match[1])
    return reading === undefined ? undefined : withStop(reading, match, place)
  }),
]
