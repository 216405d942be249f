/**
 * Owns: launching `softmax.wgsl`: softmax over positions, one invocation a row and head.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type SoftmaxBuffers = 'rows' | 'scores'

export function compileSoftmax(context: KernelContext, capacity: number): Promise<Kernel<SoftmaxBuffers>> {
  return compileKernel(
    context,
    {
      file: 'plain/softmax',
      parts: ['row'],
      group: 1,
      bindings: ['rows', 'scores'],
      constants: { CAPACITY: capacity },
    },
    (rows) => [rows * context.shape.heads, 1],
  )
}
