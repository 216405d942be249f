/**
 * Owns: launching `norm.wgsl`: RMS norm, one invocation a row.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type NormBuffers = 'weights' | 'place' | 'input' | 'output'

export function compileNorm(context: KernelContext): Promise<Kernel<NormBuffers>> {
  return compileKernel(
    context,
    {
      file: 'plain/norm',
      parts: ['place', 'int8'],
      group: 1,
      bindings: ['weights', 'place', 'input', 'output'],
    },
    (rows) => [rows, 1],
  )
}
