/**
 * Owns: a vocabulary of a few entries and a word model packed by hand, for the tests of word search.
 */
import { createVocabulary } from '../vocabulary'

const lmVocabulary = {
  specials: ['<pad>', '<eos>', '<go>', '<tts>', '<asr>', '<cont>', '<g2p>', '<p2g>'],
  phones: ['_', ' ', ',', '.', 'B', 'D', 'T', 'AA0', 'AA1', 'IY0', 'IY1'],
  letters: ['a', 'b', ' '],
  firstPhone: 8,
  firstLetter: 19,
  firstUnit: 22,
}

export const smallVocabulary = createVocabulary({
  codes: 16,
  lm: { vocabulary: lmVocabulary },
})

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]
}

/** Costs in steps of 0.08 nats; maps have an entry for each successor. */
export interface WordModelParts {
  readonly alone: readonly number[]
  /** (words + 1) */
  readonly backoff: readonly number[]
  /** (words + 1) */
  readonly pairs: readonly ReadonlyMap<number, number>[]
  /** (words + 1): a second word -> what follows both; the back-off's steps count from 64. */
  readonly contexts?: readonly ReadonlyMap<number, Context>[]
}

export interface Context {
  readonly backoff: number
  readonly triples: ReadonlyMap<number, number>
}

/** The bytes of `words.gzip` before packing. */
export function packWordModel({ alone, backoff, pairs, contexts }: WordModelParts): Uint8Array {
  const after = pairs.map(sorted)
  const second = (contexts ?? pairs.map(() => new Map<number, Context>())).map(sorted)
  const all = second.flat().map(([, context]) => context)
  const third = all.map(({ triples }) => sorted(triples))
  const header = new DataView(new ArrayBuffer(16))
  const counts = [alone.length, after.flat().length, all.length, third.flat().length]
  for (const [i, count] of counts.entries()) header.setUint32(4 * i, count, true)
  return Uint8Array.from([
    ...new TextEncoder().encode('CVW2'),
    ...new Uint8Array(header.buffer),
    ...alone,
    ...backoff,
    ...packLists(after),
    ...after.flat().map(([, cost]) => cost),
    ...packLists(second),
    ...all.map((context) => context.backoff),
    ...packLists(third),
    ...third.flat().map(([, cost]) => cost),
  ])
}

const sorted = <Value>(map: ReadonlyMap<number, Value>) => [...map].toSorted(([a], [b]) => a - b)

function packLists(lists: readonly (readonly (readonly [number, unknown])[])[]): number[] {
  return [
    ...lists.flatMap(({ length }) => varint(length)),
    ...lists.flatMap((list) => list.flatMap(([word], i) => varint(word - (list[i - 1]?.[0] ?? 0)))),
  ]
}
