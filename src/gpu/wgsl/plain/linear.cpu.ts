/** The reference of `linear.wgsl`: a matrix. input (row, columns) -> (row, rows of the matrix). */
import type { CpuMatrix } from '../cpu-model'

export function linearCpu({ rows, columns, codes, scales }: CpuMatrix, input: Float32Array): Float32Array {
  const output = new Float32Array((input.length / columns) * rows)
  for (let i = 0; i < output.length; i++) {
    const x = Math.floor(i / rows) * columns
    const w = (i % rows) * columns
    let sum = 0
    for (let k = 0; k < columns; k++) sum += codes[w + k] * input[x + k]
    output[i] = sum * scales[i % rows]
  }
  return output
}
