/**
 * Owns: launching `append.wgsl`: packing keys and values into the cache.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type AppendBuffers = 'rows' | 'qkv' | 'cache'

const GROUP = 64

export function compileAppend(context: KernelContext): Promise<Kernel<AppendBuffers>> {
  return compileKernel(
    context,
    { file: 'plain/append', parts: ['row'], group: GROUP, bindings: ['rows', 'qkv', 'cache'] },
    (rows) => [Math.ceil(context.shape.dim / GROUP), rows],
  )
}
