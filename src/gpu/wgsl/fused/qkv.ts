/**
 * Owns: launching `qkv.wgsl`: norm, queries, keys and values, rotation, append to the cache.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'
import { MATRIX_GROUP, matrixParts, outputGroups, type Tile } from './matrix'

export type QkvBuffers = 'weights' | 'place' | 'turns' | 'rows' | 'input' | 'queries' | 'cache'

export function compileQkv(context: KernelContext, tile: Tile): Promise<Kernel<QkvBuffers>> {
  const outputs = 3 * context.shape.dim
  return compileKernel(
    context,
    {
      file: 'fused/qkv',
      parts: [...matrixParts(tile), 'turn'],
      group: MATRIX_GROUP,
      bindings: ['weights', 'place', 'turns', 'rows', 'input', 'queries', 'cache'],
    },
    (rows) => [outputGroups(outputs, context.lanes), Math.ceil(rows / tile)],
  )
}
