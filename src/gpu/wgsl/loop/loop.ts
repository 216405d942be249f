/**
 * Owns: launching `loop.wgsl`: one workgroup a row, as many steps of its stream as `extent` says.
 */
import { DRAW_PARTS, DRAWN_RING } from '../fused/draw'
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type LoopBuffers =
  | 'weights'
  | 'place'
  | 'places'
  | 'extent'
  | 'lists'
  | 'turns'
  | 'logits'
  | 'rows'
  | 'states'
  | 'drawn'
  | 'cache'

const GROUP = 128
export const EXTENT_BYTES = 16

/** `extent`: steps, and the positions of all slots in one layer. */
export const packExtent = (steps: number, layerPositions: number): Uint32Array<ArrayBuffer> =>
  Uint32Array.of(steps, layerPositions, 0, 0)

export function compileLoop(context: KernelContext): Promise<Kernel<LoopBuffers>> {
  return compileKernel(
    context,
    {
      file: 'loop/loop',
      parts: [...DRAW_PARTS, 'turn', 'attention', 'silu'],
      group: GROUP,
      bindings: [
        'weights',
        'place',
        'places',
        'extent',
        'lists',
        'turns',
        'logits',
        'rows',
        'states',
        'drawn',
        'cache',
      ],
      constants: { RING: DRAWN_RING, LAYERS: context.shape.layers },
    },
    (rows) => [rows, 1],
  )
}
