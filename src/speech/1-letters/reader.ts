/**
 * Owns: what a reading rule is. A rule looks at one place of the folded text and says how the stretch it matches is read
 * aloud. Rules are tried in order; the first that answers wins.
 */

/**
 * Short hand for what is said: words in small letters, a letter to be named as a capital (`B`, `O's`), marks, one space
 * between: `anna dot b at mail dot com`, `F B I`, `nine oh five P M .`
 */
export type Reading = string

export interface Place {
  /** The whole folded text; the match starts at `start`, in folded characters. */
  readonly text: string
  readonly start: number
  /** The word before as it was written, or '' at the start and after a mark. */
  readonly previous: string
  /** Most letters of the text are capitals, so capitals mean nothing. */
  readonly shouting: boolean
  readonly isWord: (word: string) => boolean
  /** Report a sign that is left out. */
  readonly skip: (sign: string) => void
}

export interface Rule {
  /** Sticky. Repetitions are bounded, so that a long text takes linear time. */
  readonly pattern: RegExp
  /** undefined: not this rule's business; '' is silence. */
  readonly read: (match: RegExpExecArray, place: Place) => Reading | undefined
}

export const rule = (pattern: RegExp, read: Rule['read']): Rule => ({
  pattern: new RegExp(pattern.source, 'y'),
  read,
})

export function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length
}

/** Digits, perhaps with thousands commas and decimals; captures nothing. */
export const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,30})(?:\.\d{1,20})?`

/** Words that open a sentence and are no names, so that a full stop before them is one. */
const SENTENCE_OPENERS = new Set(
  (
    'a after all an and as at because but by do does for from he her here his how i if in is it its many my no not now ' +
    'of on one or our she so some that the their then there these they this those to we what when where which while who ' +
    'why with yes you your'
  ).split(' '),
)

export const isOpener = (word: string): boolean => SENTENCE_OPENERS.has(word.toLowerCase())

/** Whether the full stop of an abbreviation that ends at `end` also ends a sentence. */
export function endsSentence(text: string, end: number): boolean {
  const next = /[ "')\]]{0,4}(?:(\n|$)|([A-Z][a-z']{0,20}))/y
  next.lastIndex = end
  const match = next.exec(text)
  if (!match) return false
  return match[1] !== undefined || isOpener(match[2])
}

export function isCapitalised(word: string): boolean {
  return /^[A-Z]/.test(word)
}
