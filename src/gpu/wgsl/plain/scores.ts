/**
 * Owns: launching `scores.wgsl`: queries times keys.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type ScoresBuffers = 'rows' | 'qkv' | 'cache' | 'scores'

const GROUP = 64

export function compileScores(context: KernelContext, capacity: number): Promise<Kernel<ScoresBuffers>> {
  return compileKernel(
    context,
    {
      file: 'plain/scores',
      parts: ['row'],
      group: GROUP,
      bindings: ['rows', 'qkv', 'cache', 'scores'],
      constants: { CAPACITY: capacity },
    },
    (rows) => [Math.ceil(capacity / GROUP), rows * context.shape.heads],
  )
}
