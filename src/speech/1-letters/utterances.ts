/**
 * Owns: long text -> pieces short enough to be spoken as one utterance each. Nothing is lost: the pieces joined are the
 * tokens. Breaks at . ? ! first, then at , ; : and last between words, into pieces of like length.
 */
import type { TextToken } from './token'

/** Of one piece, as `MOST_PHONES`. */
export const MOST_WORDS = 25
/** Guessed from letters, since nobody has looked the words up yet. */
export const MOST_PHONES = 200

type Tokens = readonly TextToken[]

export function splitUtterances(tokens: Tokens): readonly Tokens[] {
  return cutAfterMarks(tokens, '.?!').flatMap((sentence) =>
    isShort(sentence) ? [sentence] : gather(cutAfterMarks(sentence, ',;:').flatMap(cutBetweenWords)),
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

function cutBetweenWords(clause: Tokens): readonly Tokens[] {
  if (isShort(clause)) return [clause]
  const pieceCount = Math.ceil(
    Math.max(countWords(clause) / MOST_WORDS, (SLACK * guessPhones(clause)) / MOST_PHONES),
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
function gather(pieces: readonly Tokens[]): readonly Tokens[] {
  const gathered: Tokens[] = []
  for (const piece of pieces) {
    const last = gathered[gathered.length - 1]
    const joined = last && [...last, ...piece]
    if (joined && isShort(joined)) gathered[gathered.length - 1] = joined
    else gathered.push(piece)
  }
  return gathered
}

function isShort(tokens: Tokens): boolean {
  return countWords(tokens) <= MOST_WORDS && guessPhones(tokens) <= MOST_PHONES
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
