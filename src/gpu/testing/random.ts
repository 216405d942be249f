/**
 * Owns: seeded numbers around 0 for tests, as weights and logits are.
 */
import { seededRandom } from '../../speech/testing/random'

/** Seeded numbers from -1 to 1. */
export function randomNumbers(seed: number): () => number {
  const random = seededRandom(seed)
  return () => 2 * random() - 1
}

export const drawInteger = (random: () => number, end: number): number =>
  Math.min(end - 1, Math.floor(((random() + 1) / 2) * end))
