/** The reference of `softmax.wgsl`: over each row's positions. scores (row, head, position). */
import type { CpuRows } from '../cpu-model'

export function softmaxCpu(
  rows: CpuRows,
  scores: Float32Array,
  heads: number,
  capacity: number,
): Float32Array {
  const shares = scores.slice()
  rows.forEach(({ position }, row) => {
    for (let head = 0; head < heads; head++) {
      const at = (row * heads + head) * capacity
      const own = scores.subarray(at, at + position + 1)
      const most = own.reduce((a, b) => Math.max(a, b), -Infinity)
      const sum = own.reduce((total, score) => total + Math.exp(score - most), 0)
      own.forEach((score, i) => {
        shares[at + i] = Math.exp(score - most) / sum
      })
    }
  })
  return shares
}
