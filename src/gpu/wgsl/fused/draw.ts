/**
 * Owns: launching `draw.wgsl`: one step of each row's grammar, and the drawn token's embedding.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type DrawBuffers = 'weights' | 'place' | 'lists' | 'logits' | 'rows' | 'states' | 'drawn' | 'stream'

const GROUP = 128
/** What `parts/draw.wgsl` stands on, and itself. */
export const DRAW_PARTS = ['row', 'place', 'state', 'int8', 'embedding', 'philox', 'group', 'draw']
/** Steps of a stream that the buffer of drawn tokens holds before it begins again. */
export const DRAWN_RING = 64
/** Of a drawn token: id, time, phone, probability, entropy. */
export const DRAWN_WORDS = 5

export function compileDraw(context: KernelContext): Promise<Kernel<DrawBuffers>> {
  return compileKernel(
    context,
    {
      file: 'fused/draw',
      parts: DRAW_PARTS,
      group: GROUP,
      bindings: ['weights', 'place', 'lists', 'logits', 'rows', 'states', 'drawn', 'stream'],
      constants: { RING: DRAWN_RING },
    },
    (rows) => [rows, 1],
  )
}
