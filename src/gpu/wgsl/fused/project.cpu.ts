/** The reference of `project.wgsl`: stream (row, dim) + matrix × input (row, columns). */
import type { CpuMatrix } from '../cpu-model'
import { addCpu } from '../plain/add.cpu'
import { linearCpu } from '../plain/linear.cpu'

export const projectCpu = (matrix: CpuMatrix, input: Float32Array, stream: Float32Array): Float32Array =>
  addCpu(stream, linearCpu(matrix, input))
