/** Owns: a mean and how sure it is: its standard error. */

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const mean = (values: readonly number[]): number => sum(values) / values.length

/** @param values at least two */
export function meanWithError(values: readonly number[]): { mean: number; standardError: number } {
  const middle = mean(values)
  const variance = sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1)
  return { mean: middle, standardError: Math.sqrt(variance / values.length) }
}
