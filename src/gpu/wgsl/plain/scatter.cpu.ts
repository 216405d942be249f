/** The reference of `scatter.wgsl`: input (row, vocabulary) -> logits (slot, vocabulary), where a row wants them. */
import type { CpuRows } from '../cpu-model'

export function scatterCpu(rows: CpuRows, input: Float32Array, logits: Float32Array): Float32Array {
  const size = input.length / rows.length
  const placed = logits.slice()
  rows.forEach(({ slot, wantsLogits }, row) => {
    if (wantsLogits) placed.set(input.subarray(row * size, (row + 1) * size), slot * size)
  })
  return placed
}
