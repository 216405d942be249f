/**
 * Owns: launching `embed.wgsl`: a row's embedding or its stream's voice. Used on every rung.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type EmbedBuffers = 'weights' | 'place' | 'rows' | 'voices' | 'stream'

const GROUP = 64

export function compileEmbed(context: KernelContext): Promise<Kernel<EmbedBuffers>> {
  return compileKernel(
    context,
    {
      file: 'plain/embed',
      parts: ['row', 'place', 'int8', 'embedding'],
      group: GROUP,
      bindings: ['weights', 'place', 'rows', 'voices', 'stream'],
    },
    (rows) => [rows, 1],
  )
}
