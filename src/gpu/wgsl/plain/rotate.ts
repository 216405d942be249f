/**
 * Owns: launching `rotate.wgsl`: the rotation of queries and keys.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type RotateBuffers = 'rows' | 'turns' | 'qkv'

const GROUP = 64

export function compileRotate(context: KernelContext): Promise<Kernel<RotateBuffers>> {
  return compileKernel(
    context,
    { file: 'plain/rotate', parts: ['row', 'turn'], group: GROUP, bindings: ['rows', 'turns', 'qkv'] },
    (rows) => [Math.ceil(context.shape.dim / GROUP), rows],
  )
}
