/**
 * Owns: long text -> pieces short enough to be spoken as one utterance each. Nothing is lost: the pieces joined are the
 * tokens. Breaks at . ? ! first, then at , ; : and last between words, into pieces of like length.
 */
import type { TextToken } from './token'

export interface UtteranceLimits {
  readonly words: number
  /** Guessed from letters, since nobody has looked the words up yet. */
  readonly phones: number
}

export const UTTERANCE_LIMITS: UtteranceLimits = { words: 25, phones: 200 }

type Tokens = readonly TextToken[]

export function splitUtterances(
  tokens: Tokens,
  limits: UtteranceLimits = UTTERANCE_LIMITS,
): readonly Tokens[] {
  return cutAfterMarks(tokens, '.?!').flatMap((sentence) =>
    isShort(sentence, limits)
      ? [sentence]
      : gather(
          cutAfterMarks(sentence, ',;:').flatMap((clause) => cutBetweenWords(clause, limits)),
          limits,
        ),
  )
}

const cutAfterMarks = (tokens: Tokens, marks: string): Tokens[] =>
  cutBeforeWords(tokens, (before) => before.kind === 'mark' && marks.includes(before.mark))

/** Marks that open a piece stay with it, so that no piece lacks words unless all do. */
function cutBeforeWords(tokens: Tokens, isBreak: (before: TextToken) => boolean): Tokens[] {
  const pieces: TextToken[][] = []
  let hasWords = false
  for (const [i, token] of tokens.entries()) {
    if (i === 0 || (token.kind !== 'mark' && hasWords && isBreak(tokens[i - 1]))) {
      pieces.push([])
      hasWords = false
    }
    pieces[pieces.length - 1].push(token)
    hasWords ||= token.kind !== 'mark'
  }
  return pieces
}

/** How much longer than its like a piece may be; there are so many that even this keeps to the limit. */
const SLACK = 1.2

function cutBetweenWords(clause: Tokens, limits: UtteranceLimits): readonly Tokens[] {
  if (isShort(clause, limits)) return [clause]
  const pieceCount = Math.ceil(
    Math.max(countWords(clause) / limits.words, (SLACK * guessPhones(clause)) / limits.phones),
  )
  const phoneTarget = guessPhones(clause) / pieceCount
  const wordTarget = countWords(clause) / pieceCount
  const pieces: TextToken[][] = [[]]
  for (const word of cutBeforeWords(clause, () => true)) {
    const piece = pieces[pieces.length - 1]
    const isFull = countWords(piece) >= wordTarget || guessPhones([...piece, ...word]) > SLACK * phoneTarget
    if (piece.length > 0 && isFull) pieces.push([...word])
    else piece.push(...word)
  }
  return pieces
}

/** Joins neighbours while they fit. */
function gather(pieces: readonly Tokens[], limits: UtteranceLimits): readonly Tokens[] {
  const gathered: Tokens[] = []
  for (const piece of pieces) {
    const last = gathered[gathered.length - 1]
    const joined = last && [...last, ...piece]
    if (joined && isShort(joined, limits)) gathered[gathered.length - 1] = joined
    else gathered.push(piece)
  }
  return gathered
}

function isShort(tokens: Tokens, limits: UtteranceLimits): boolean {
  return countWords(tokens) <= limits.words && guessPhones(tokens) <= limits.phones
}

function countWords(tokens: Tokens): number {
  return tokens.filter(({ kind }) => kind !== 'mark').length
}

const PHONES_A_LETTER_NAME = 2

/** English spends a little less than one phone a letter; a break before each word, a phone a mark. */
export function guessPhones(tokens: Tokens): number {
  return tokens.reduce((sum, token) => {
    if (token.kind === 'mark') return sum + 1
    return sum + 1 + (token.kind === 'letter' ? PHONES_A_LETTER_NAME : token.text.length)
  }, 0)
}
