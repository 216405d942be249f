/**
 * Owns: launching `attend.wgsl`: attention of each head for each row over its stream's cache.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type AttendBuffers = 'rows' | 'queries' | 'cache' | 'mixed'

const GROUP = 128

export function compileAttend(context: KernelContext): Promise<Kernel<AttendBuffers>> {
  return compileKernel(
    context,
    {
      file: 'fused/attend',
      parts: ['row', 'group', 'attention'],
      group: GROUP,
      bindings: ['rows', 'queries', 'cache', 'mixed'],
    },
    (rows) => [context.shape.heads, rows],
  )
}
