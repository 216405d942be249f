/**
 * Owns: two contenders measured side by side: they take turns A B B A, so that whatever the machine does besides falls on
 * both, and what is compared is the ratio of the two on the same input.
 */

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
  readonly count: number
  readonly least: number
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
  readonly most: number
}

/** Quantiles with straight lines between neighbours. @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const quantile = (share: number): number => {
    const at = share * (sorted.length - 1)
    const low = Math.floor(at)
    const high = Math.ceil(at)
    return sorted[low] + (at - low) * (sorted[high] - sorted[low])
  }
  return {
    count: sorted.length,
    least: sorted[0],
    lowerQuartile: quantile(0.25),
    median: quantile(0.5),
    upperQuartile: quantile(0.75),
    most: sorted[sorted.length - 1],
  }
}

export const median = (values: readonly number[]): number => spreadOf(values).median
