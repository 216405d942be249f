/**
 * Owns: seeded numbers for tests.
 */

/** Seeded numbers from -1 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x80000000 - 1
  }
}

export const drawInteger = (random: () => number, end: number): number =>
  Math.min(end - 1, Math.floor(((random() + 1) / 2) * end))
