/** The reference of `norm.wgsl`: RMS norm of each row. input (row, dim) -> (row, dim). */
import type { CpuModel } from '../cpu-model'

export function normCpu(
  { shape: { rmsEpsilon } }: Pick<CpuModel, 'shape'>,
  input: Float32Array,
  weights: Float32Array,
): Float32Array {
  const dim = weights.length
  return input.map((value, i) => {
    const row = input.subarray(i - (i % dim), i - (i % dim) + dim)
    const squares = row.reduce((sum, x) => sum + x * x, 0)
    return (value / Math.sqrt(squares / dim + rmsEpsilon)) * weights[i % dim]
  })
}
