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

/** The bytes of `words.gzip` before packing; costs are steps of 0.08 nats. `pairs` has a map of successors for each history. */
export function packWordModel(
  alone: readonly number[],
  backoff: readonly number[],
  pairs: readonly ReadonlyMap<number, number>[],
): Uint8Array {
  const sorted = pairs.map((after) => [...after].toSorted(([a], [b]) => a - b))
  const count = sorted.reduce((sum, after) => sum + after.length, 0)
  const header = new DataView(new ArrayBuffer(8))
  header.setUint32(0, alone.length, true)
  header.setUint32(4, count, true)
  return Uint8Array.from([
    ...new TextEncoder().encode('CVW1'),
    ...new Uint8Array(header.buffer),
    ...alone,
    ...backoff,
    ...sorted.flatMap((after) => varint(after.length)),
    ...sorted.flatMap((after) => after.flatMap(([word], i) => varint(word - (after[i - 1]?.[0] ?? 0)))),
    ...sorted.flatMap((after) => after.map(([, cost]) => cost)),
  ])
}
