/**
 * Owns: how likely a word is after another: `words.gzip` unpacked (its layout is described in training/bigram.py). Words are
 * numbered as the lexicon lists them; all scores are ln of a probability.
 */
import { ConvergeError } from '../../errors'
import type { WordId } from './trie'

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
}

/** Nats a step. */
const STEP = 0.08
const MAGIC = 'CVW1'

/** @throws ConvergeError `model-damaged` */
export function parseWordModel(bytes: Uint8Array): WordModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC)
    throw damaged('no word model')
  const words = view.getUint32(4, true)
  const pairs = view.getUint32(8, true)
  let at = 12
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw damaged('too short')
    at += count
    return bytes.subarray(at - count, at)
  }
  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const [byte] = take(1)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const aloneSteps = take(words)
  const backoffSteps = take(words + 1)
  /** (words + 2): a history's pairs lie from its start to the next one's. */
  const pairStart = new Uint32Array(words + 2)
  for (let history = 0; history <= words; history++) pairStart[history + 1] = pairStart[history] + varint()
  if (pairStart[words + 1] !== pairs) throw damaged('pairs')
  const successors = new Uint32Array(pairs)
  for (let history = 0; history <= words; history++) {
    let word = 0
    for (let pair = pairStart[history]; pair < pairStart[history + 1]; pair++) {
      word += varint()
      successors[pair] = word
    }
  }
  const pairSteps = take(pairs)
  if (at !== bytes.length) throw damaged('too long')

  const alone = (word: WordId): number => -STEP * aloneSteps[word]
  return {
    words,
    start: words,
    alone,
    after(history, word) {
      if (history === UNKNOWN_WORD) return alone(word)
      let low = pairStart[history]
      let high = pairStart[history + 1]
      while (low < high) {
        const middle = (low + high) >>> 1
        if (successors[middle] < word) low = middle + 1
        else high = middle
      }
      if (low < pairStart[history + 1] && successors[low] === word) return -STEP * pairSteps[low]
      return -STEP * backoffSteps[history] + alone(word)
    },
  }
}

function damaged(detail: string): ConvergeError {
  return new ConvergeError(
    'model-damaged',
    'The word model can’t be read. Load the page again to fetch it anew.',
    { detail },
  )
}
