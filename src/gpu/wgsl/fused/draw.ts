/**
 * Owns: launching `draw.wgsl`: one step of each row's grammar, and the drawn token's embedding.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type DrawBuffers = 'weights' | 'place' | 'lists' | 'logits' | 'rows' | 'states' | 'drawn' | 'stream'

const GROUP = 128
/** Steps of a stream that the buffer of drawn tokens holds before it begins again. */
export const DRAWN_RING = 64

export function compileDraw(context: KernelContext): Promise<Kernel<DrawBuffers>> {
  return compileKernel(
    context,
    {
      file: 'fused/draw',
      parts: ['row', 'place', 'state', 'int8', 'embedding', 'philox', 'group'],
      group: GROUP,
      bindings: ['weights', 'place', 'lists', 'logits', 'rows', 'states', 'drawn', 'stream'],
      constants: { RING: DRAWN_RING },
    },
    (rows) => [rows, 1],
  )
}
