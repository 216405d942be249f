/**
 * Owns: two contenders measured side by side: they take turns A B B A, so that whatever the machine does besides falls on
 * both, and what is compared is the ratio of the two on the same input.
 */
import { percentile } from '../src/speech/takes/pitch'

/** @returns what each gave, 2 × rounds of both */
export async function abba<A, B>(
  rounds: number,
  runA: () => Promise<A>,
  runB: () => Promise<B>,
): Promise<{ a: A[]; b: B[] }> {
  const a: A[] = []
  const b: B[] = []
  for (let round = 0; round < rounds; round++) {
    a.push(await runA())
    b.push(await runB(), await runB())
    a.push(await runA())
  }
  return { a, b }
}

export interface Spread {
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    lowerQuartile: percentile(sorted, 0.25),
    median: percentile(sorted, 0.5),
    upperQuartile: percentile(sorted, 0.75),
  }
}

export const median = (values: readonly number[]): number => spreadOf(values).median
