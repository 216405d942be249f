/**
 * Owns: the pronouncing dictionary in memory. A line is `word PH PH PH`; a further form of the same word follows it as
 * `word(2) PH PH PH`. Only line offsets are indexed; phones are cut out when somebody asks. Knows neither file nor gzip.
 */
import type { Phone } from '../3-units/vocabulary'
import { ConvergeError } from '../errors'

export interface Lexicon {
  readonly size: number
  readonly has: (word: string) => boolean
  /** The usual form. */
  readonly lookup: (word: string) => readonly Phone[] | undefined
  /** Every form, the usual one first; empty for a word that is not here. */
  readonly forms: (word: string) => readonly (readonly Phone[])[]
  readonly words: () => IterableIterator<string>
}

/** @throws ConvergeError `model-damaged` */
export function parseLexicon(text: string): Lexicon {
  const offsets = indexFirstForms(text)
  const phonesAfter = (space: number, lineEnd: number): readonly Phone[] =>
    text.slice(space + 1, lineEnd).split(' ')
  const endOfLine = (from: number): number => {
    const end = text.indexOf('\n', from)
    return end < 0 ? text.length : end
  }
  return {
    size: offsets.size,
    has: (word) => offsets.has(word),
    lookup(word) {
      const start = offsets.get(word)
      return start === undefined ? undefined : phonesAfter(start + word.length, endOfLine(start))
    },
    forms(word) {
      const found: (readonly Phone[])[] = []
      let start = offsets.get(word)
      while (start !== undefined && start < text.length) {
        const space = text.indexOf(' ', start)
        const name = text.slice(start, space)
        if (found.length > 0 && !name.startsWith(`${word}(`)) break
        const end = endOfLine(space)
        found.push(phonesAfter(space, end))
        start = end + 1
      }
      return found
    },
    words: () => offsets.keys(),
  }
}

/** Word -> offset of its first line. */
function indexFirstForms(text: string): Map<string, number> {
  const offsets = new Map<string, number>()
  let start = 0
  while (start < text.length) {
    const space = text.indexOf(' ', start)
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    if (space <= start || space + 1 >= end) throw damaged(text.slice(start, Math.min(end, start + 40)))
    if (text.charCodeAt(space - 1) !== CLOSING_BRACKET) offsets.set(text.slice(start, space), start)
    start = end + 1
  }
  if (offsets.size === 0) throw damaged('')
  return offsets
}

const CLOSING_BRACKET = 41

function damaged(line: string): ConvergeError {
  return new ConvergeError(
    'model-damaged',
    `The lexicon can't be read: a line should be a word and its phones, not “${line}”. Load the page again to fetch it anew.`,
    { found: line, wanted: 'word PH PH PH' },
  )
}
