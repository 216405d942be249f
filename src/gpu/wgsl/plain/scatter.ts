/**
 * Owns: launching `scatter.wgsl`: bringing logits to their streams.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type ScatterBuffers = 'rows' | 'input' | 'logits'

const GROUP = 64

export function compileScatter(context: KernelContext): Promise<Kernel<ScatterBuffers>> {
  return compileKernel(
    context,
    { file: 'plain/scatter', parts: ['row'], group: GROUP, bindings: ['rows', 'input', 'logits'] },
    (rows) => [Math.ceil(context.shape.vocabularySize / GROUP), rows],
  )
}
