/**
 * Owns: launching `add.wgsl`: the residual.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type AddBuffers = 'input' | 'stream'

const GROUP = 64

export function compileAdd(context: KernelContext): Promise<Kernel<AddBuffers>> {
  return compileKernel(
    context,
    { file: 'plain/add', parts: [], group: GROUP, bindings: ['input', 'stream'] },
    (rows) => [Math.ceil(context.shape.dim / GROUP), rows],
  )
}
