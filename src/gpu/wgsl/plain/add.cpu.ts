/** The reference of `add.wgsl`: the residual. Both (row, dim). */
export const addCpu = (stream: Float32Array, input: Float32Array): Float32Array =>
  stream.map((value, i) => value + input[i])
