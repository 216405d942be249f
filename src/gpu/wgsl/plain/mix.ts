/**
 * Owns: launching `mix.wgsl`: values in the shares that attention gives them.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type MixBuffers = 'rows' | 'scores' | 'cache' | 'mixed'

const GROUP = 64

export function compileMix(context: KernelContext, capacity: number): Promise<Kernel<MixBuffers>> {
  return compileKernel(
    context,
    {
      file: 'plain/mix',
      parts: ['row'],
      group: GROUP,
      bindings: ['rows', 'scores', 'cache', 'mixed'],
      constants: { CAPACITY: capacity },
    },
    (rows) => [Math.ceil(context.shape.dim / 2 / GROUP), rows],
  )
}
