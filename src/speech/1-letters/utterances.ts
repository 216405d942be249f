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

/** Marks that open a piece stay with it, so that no piece lacks words unless all do. */
function cutAfterMarks(tokens: Tokens, marks: string): Tokens[] {
  const pieces: TextToken[][] = []
  let hasWords = false
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1]
    const startsPiece =
      i === 0 || (token.kind !== 'mark' && hasWords && before.kind === 'mark' && marks.includes(before.mark))
    if (startsPiece) {
      pieces.push([])
      hasWords = false
    }
    pieces[pieces.length - 1].push(token)
    hasWords ||= token.kind !== 'mark'
  }
  return pieces
}

function cutBetweenWords(clause: Tokens, limits: UtteranceLimits): readonly Tokens[] {
  const pieceCount = Math.ceil(
    Math.max(countWords(clause) / limits.words, guessPhones(clause) / limits.phones),
  )
  if (pieceCount <= 1) return [clause]
  const target = guessPhones(clause) / pieceCount
  const wordTarget = countWords(clause) / pieceCount
  const pieces: TextToken[][] = [[]]
  for (const token of clause) {
    const piece = pieces[pieces.length - 1]
    const isFull =
      countWords(piece) >= wordTarget || guessPhones([...piece, token]) > Math.max(target * 1.2, 1)
    if (token.kind !== 'mark' && countWords(piece) > 0 && isFull) pieces.push([token])
    else piece.push(token)
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
function guessPhones(tokens: Tokens): number {
  return tokens.reduce((sum, token) => {
    if (token.kind === 'mark') return sum + 1
    return sum + 1 + (token.kind === 'letter' ? PHONES_A_LETTER_NAME : token.text.length)
  }, 0)
}
