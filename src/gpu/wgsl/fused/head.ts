/**
 * Owns: launching `head.wgsl`: the last norm and the logits.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'
import { MATRIX_GROUP, matrixParts, outputGroups, type Tile } from './matrix'

export type HeadBuffers = 'weights' | 'place' | 'rows' | 'input' | 'logits'

export function compileHead(context: KernelContext, tile: Tile): Promise<Kernel<HeadBuffers>> {
  const groups = outputGroups(context.shape.vocabularySize, context.lanes)
  return compileKernel(
    context,
    {
      file: 'fused/head',
      parts: matrixParts(tile),
      group: MATRIX_GROUP,
      bindings: ['weights', 'place', 'rows', 'input', 'logits'],
    },
    (rows) => [groups, Math.ceil(rows / tile)],
  )
}
