/** The reference of `swiglu.wgsl`: both (row, gate/up, ff) -> (row, ff). */
export function swigluCpu(both: Float32Array, ff: number): Float32Array {
  return Float32Array.from({ length: both.length / 2 }, (_, i) => {
    const at = Math.floor(i / ff) * 2 * ff + (i % ff)
    return (both[at] / (1 + Math.exp(-both[at]))) * both[at + ff]
  })
}
