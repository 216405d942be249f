/**
 * Owns: launching `gate.wgsl`: norm, the feed-forward's first matrix and its gate.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'
import { MATRIX_GROUP, matrixParts, outputGroups, type Tile } from './matrix'

export type GateBuffers = 'weights' | 'place' | 'rows' | 'input' | 'inner'

export function compileGate(context: KernelContext, tile: Tile): Promise<Kernel<GateBuffers>> {
  return compileKernel(
    context,
    {
      file: 'fused/gate',
      parts: [...matrixParts(tile), 'silu'],
      group: MATRIX_GROUP,
      bindings: ['weights', 'place', 'rows', 'input', 'inner'],
    },
    (rows) => [outputGroups(context.shape.ff, context.lanes), Math.ceil(rows / tile)],
  )
}
