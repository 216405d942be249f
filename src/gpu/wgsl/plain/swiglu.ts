/**
 * Owns: launching `swiglu.wgsl`: the gate of the feed-forward.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type SwigluBuffers = 'both' | 'inner'

const GROUP = 64

export function compileSwiglu(context: KernelContext): Promise<Kernel<SwigluBuffers>> {
  return compileKernel(
    context,
    { file: 'plain/swiglu', parts: ['silu'], group: GROUP, bindings: ['both', 'inner'] },
    (rows) => [Math.ceil(context.shape.ff / GROUP), rows],
  )
}
