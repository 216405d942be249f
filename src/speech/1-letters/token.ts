/**
 * Owns: what normalised text is made of. Offsets are UTF-16 code units of the text the person typed, half-open.
 * Knows nothing of phones.
 */
export type Mark = ',' | '.' | '?' | '!' | ';' | ':'

export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * `word`: lower-case letters and apostrophes. `letter`: one letter to be named, perhaps with a plural: `f`, `o's`.
 * `mark`: at most one stands after a word.
 */
export type TextToken =
  | { readonly kind: 'word'; readonly text: string; readonly source: Span }
  | { readonly kind: 'letter'; readonly text: string; readonly source: Span }
  | { readonly kind: 'mark'; readonly mark: Mark }

export interface NormalisedText {
  readonly tokens: readonly TextToken[]
  /** Signs that cannot be read aloud, each once, whole grapheme clusters. */
  readonly skipped: readonly string[]
}

export function isMark(text: string): text is Mark {
  return text.length === 1 && ',.?!;:'.includes(text)
}

/** Of two marks in a row one is spoken: a question or an exclamation wins, a full stop beats a pause. */
export function strongerMark(first: Mark, second: Mark): Mark {
  if (second === '?' || second === '!') return second
  return second === '.' && ',;:'.includes(first) ? second : first
}

/** An utterance ends with . ? or ! as every row did that the model was trained on. */
export function closingMark(last: Mark | undefined): Mark {
  return last === '?' || last === '!' ? last : '.'
}
