/**
 * Owns: how written words are read: as a word, as letters (FBI), in parts (camelCase, B12). The last resort is the word
 * as it stands: whoever makes phones can ask a model about it.
 */
import { cardinalToWords, digitsToWords } from './numbers'
import { type Place, type Reading, type Rule, endOf, isCapitalised, rule } from './reader'

/** What a model spells in one row; a longer word is read in pieces. */
const LONGEST_WORD_LETTERS = 40
/** Longer rows of capitals are read as a word: UNICEF, CARICOM. */
const LONGEST_ACRONYM_LETTERS = 5
const LONGEST_SHORT_NUMBER_DIGITS = 4

/** Capitals that the lexicon takes for another word. */
const SPELLED_CAPITALS = new Set(
  'AD AI AKA AR CA CO COO DEA DOI EEG ER ET EV HP ID IL IP IT LA LED NG NGO OS PA PM PO ROI SEC SEO UN US WA'.split(
    ' ',
  ),
)

/** Written so that no rule would find out. */
const IRREGULAR: Readonly<Record<string, Reading>> = { iOS: 'I O S', 'Wi-Fi': 'wifi', 'wi-fi': 'wifi' }

/** COVID: consonants and vowels by turns make a word of five capitals. */
const isPronounceable = (capitals: string): boolean =>
  capitals.length === LONGEST_ACRONYM_LETTERS && /^[^AEIOU]?(?:[AEIOU][^AEIOU])+[AEIOU]?$/.test(capitals)

const hasVowel = (word: string): boolean => /[aeiouy]/i.test(word)
const spell = (letters: string): Reading => letters.toUpperCase().split('').join(' ')

/** One run of letters and apostrophes. */
function readWord(raw: string, place: Place): Reading {
  if (raw.length > 2 * LONGEST_WORD_LETTERS) return inPieces(raw.replaceAll("'", '').toLowerCase())
  const word = trimQuotes(raw.toLowerCase(), place.isWord)
  if (word === '') return ''
  const acronym = /^([A-Z]{2,})('?s)?$/.exec(raw.replace(/^'+|'+$/g, ''))
  const isKnownPlural = acronym?.[2] !== undefined && place.isWord(word) && !SPELLED_CAPITALS.has(acronym[1])
  if (acronym && !isKnownPlural) return readCapitals(acronym[1], acronym[2] !== undefined, place)
  const base = word.replace(/'.*$/, '')
  if (place.isWord(word) || place.isWord(base)) return word
  if (/[a-z][A-Z]|[A-Z]{2}[a-z]/.test(raw)) return readCamelCase(raw, place)
  if (base.length > 1 && !hasVowel(base) && !/(.)\1\1/.test(base) && !word.includes("'")) return spell(base)
  return word.length > LONGEST_WORD_LETTERS ? inPieces(word) : word
}

/** Quotes fall off, apostrophes stay: 'tis, rock 'n' roll, dogs'. */
function trimQuotes(word: string, isWord: Place['isWord']): string {
  const bare = word.replace(/^'+|'+$/g, '')
  if (bare === '' || isWord(word)) return bare === '' ? '' : word
  if (isWord(bare) && !word.endsWith("s'")) return bare
  return word.replace(/^'+/, '')
}

function readCapitals(capitals: string, plural: boolean, place: Place): Reading {
  const word = capitals.toLowerCase()
  const ending = plural ? "'s" : ''
  const emphasis = place.shouting || besideCapitals(place, capitals.length)
  const known = place.isWord(word)
  if (known && (emphasis || !SPELLED_CAPITALS.has(capitals))) return word + ending
  const longest = emphasis ? 3 : LONGEST_ACRONYM_LETTERS
  const isSpelled = known || (capitals.length <= longest && !isPronounceable(capitals)) || !hasVowel(capitals)
  if (isSpelled) return spell(capitals) + ending
  return capitals.length > LONGEST_WORD_LETTERS ? inPieces(word) : word + ending
}

/** A neighbour in capitals too means emphasis: DO IT NOW. */
function besideCapitals({ text, start, previous }: Place, length: number): boolean {
  const next = /'?s? ([A-Z]{2,20}|I|A)(?![A-Za-z])/y
  next.lastIndex = start + length
  return /^[A-Z]{2,}$/.test(previous) || next.test(text)
}

function readCamelCase(raw: string, place: Place): Reading {
  const plural = raw.replace(/'?s$/, '')
  if (plural !== raw && place.isWord(plural.toLowerCase())) return `${plural.toLowerCase()}'s`
  const ending = raw.endsWith("'s") ? "'s" : ''
  const parts = raw.slice(0, raw.length - ending.length).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z']+|'+/g) ?? []
  return (
    parts.map((part) => (part.length === 1 ? part.toUpperCase() : readWord(part, place))).join(' ') + ending
  )
}

function inPieces(word: string): Reading {
  const pieces = Math.ceil(word.length / LONGEST_WORD_LETTERS)
  const size = Math.ceil(word.length / pieces)
  return Array.from({ length: pieces }, (_, i) => word.slice(i * size, (i + 1) * size)).join(' ')
}

/** Letters and digits in one run, as in names and codes: B12, MP3, anna42. */
export function readAlphanumeric(raw: string, place: Place): Reading {
  return (raw.match(/[A-Za-z']+|\d+/g) ?? [])
    .map((part) => {
      if (!/^\d/.test(part))
        return part.length === 1 ? part.replace("'", '').toUpperCase() : readWord(part, place)
      return part.length > LONGEST_SHORT_NUMBER_DIGITS ? digitsToWords(part) : cardinalToWords(part)
    })
    .filter((reading) => reading !== '')
    .join(' ')
}

/** A lone capital A after a word is the letter (grade A), not the article. */
const LONE_A = rule(/A(?![A-Za-z'])/, (_, { previous, shouting }) =>
  previous !== '' && !shouting ? 'A' : undefined,
)

/** What carries a letter as its number: after these a capital with a full stop ends a sentence. */
const LETTERED_THINGS = new Set(
  'plan vitamin grade type option group class section exhibit hepatitis part i'.split(' '),
)

export const WORD_RULES: readonly Rule[] = [
  rule(
    /([A-Z]{1,3})&([A-Z]{1,3})(?![A-Za-z])/,
    ([, first, second]) => `${spell(first)} and ${spell(second)}`,
  ),
  rule(/iOS(?![A-Za-z])|[Ww]i-[Ff]i(?![A-Za-z])/, ([name]) => IRREGULAR[name]),
  rule(/([A-Z])\+\+/, ([, letter]) => `${letter} plus plus`),
  rule(/([A-G])#(?![A-Za-z0-9])/, ([, letter]) => `${letter} sharp`),
  rule(/(w\/o(?![a-z])|w\/(?=[ a-z]))/, ([sign]) => (sign === 'w/o' ? 'without' : 'with')),
  // George W. Bush, J. R. R. Tolkien
  rule(/([A-Z])\. ?(?=[A-Z][a-z'.])/, (match, { previous, text }) => {
    const nextWord = /[A-Z][a-z']*/y
    nextWord.lastIndex = endOf(match)
    const next = nextWord.exec(text)?.[0] ?? ''
    const isInitial =
      previous === '' || (isCapitalised(previous) && previous.length > 1) || /^[A-Z]$/.test(previous)
    const opensSentence = match[1] === 'I' && next.length > 1 && previous !== ''
    return isInitial && !opensSentence && !LETTERED_THINGS.has(previous.toLowerCase()) ? match[1] : undefined
  }),
  rule(/[A-Za-z]{1,40}\d[A-Za-z0-9]{0,60}/, ([raw], place) => readAlphanumeric(raw, place)),
  LONE_A,
  rule(/[A-Za-z']+/, ([raw], place) => readWord(raw, place)),
]

/** 3D, 4K, 10x, 2b2b; digits first. */
export const CODE_RULES: readonly Rule[] = [
  rule(/\d{1,30}-?[A-Z](?![A-Za-z0-9])/, ([raw], place) => readAlphanumeric(raw, place)),
  rule(/\d{1,30}[A-Za-z][A-Za-z0-9]{0,60}/, ([raw], place) => readAlphanumeric(raw, place)),
  rule(/\d+/, ([digits]) => cardinalToWords(digits)),
]
