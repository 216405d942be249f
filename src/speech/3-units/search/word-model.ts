/**
 * Owns: how likely a word is after another, and after two: `words.gzip` unpacked (its layout is described in
 * training/words/pack.py). Words are numbered as the lexicon lists them; all scores are ln of a probability.
 */
import { ConvergeError } from '../../errors'
import type { WordId } from './trie'
import { createListReader, type Lists } from './word-lists'

/** A word's number, or `UNKNOWN_WORD`. */
export type History = WordId

/** A word that the lexicon lacks: whatever follows it backs off for free. */
export const UNKNOWN_WORD = -1

export interface WordModel {
  readonly words: number
  /** The history at the start of a sentence. */
  readonly start: History
  alone(word: WordId): number
  after(history: History, word: WordId): number
  /** `before` came before `history`. */
  afterTwo(before: History, history: History, word: WordId): number
}

/** Nats a step. */
const STEP = 0.08
const MAGIC = 'CVW2'
/** A context's back-off may be above 1: steps are counted from here. */
const BACKOFF_ZERO = 64

/** @throws ConvergeError `model-damaged` */
export function parseWordModel(bytes: Uint8Array): WordModel {
  const reader = createListReader(bytes, damaged)
  if (String.fromCharCode(...reader.take(4)) !== MAGIC) throw damaged('no word model')
  const [words, pairCount, contextCount, tripleCount] = [0, 0, 0, 0].map(reader.uint32)
  const aloneSteps = reader.take(words)
  const backoffSteps = reader.take(words + 1)
  const pairs = reader.lists(words + 1, pairCount)
  const pairSteps = reader.take(pairCount)
  const contexts = reader.lists(words + 1, contextCount)
  const contextSteps = reader.take(contextCount)
  const triples = reader.lists(contextCount, tripleCount)
  const tripleSteps = reader.take(tripleCount)
  reader.end()

  const alone = (word: WordId): number => -STEP * aloneSteps[word]
  function after(history: History, word: WordId): number {
    if (history === UNKNOWN_WORD) return alone(word)
    const pair = find(pairs, history, word)
    return pair === undefined ? -STEP * backoffSteps[history] + alone(word) : -STEP * pairSteps[pair]
  }
  return {
    words,
    start: words,
    alone,
    after,
    afterTwo(before, history, word) {
      if (before === UNKNOWN_WORD || history === UNKNOWN_WORD) return after(history, word)
      const context = find(contexts, before, history)
      if (context === undefined) return after(history, word)
      const triple = find(triples, context, word)
      return triple === undefined
        ? STEP * (BACKOFF_ZERO - contextSteps[context]) + after(history, word)
        : -STEP * tripleSteps[triple]
    },
  }
}

/** The place of `value` in the list of `owner`. */
function find({ starts, values }: Lists, owner: number, value: number): number | undefined {
  let low = starts[owner]
  let high = starts[owner + 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle] < value) low = middle + 1
    else high = middle
  }
  return low < starts[owner + 1] && values[low] === value ? low : undefined
}

function damaged(detail: string): ConvergeError {
  return new ConvergeError(
    'model-damaged',
    'The word model can’t be read. Load the page again to fetch it anew.',
    { detail },
  )
}
