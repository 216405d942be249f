/**
 * Owns: launching `project.wgsl`: a matrix whose output is added to the residual stream (after attention, and at the end
 * of the feed-forward).
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'
import { MATRIX_GROUP, matrixParts, outputGroups, type Tile } from './matrix'

export type ProjectBuffers = 'weights' | 'place' | 'rows' | 'input' | 'stream'

/** `inputs` is the width of the input rows. */
export function compileProject(
  context: KernelContext,
  tile: Tile,
  inputs: number,
): Promise<Kernel<ProjectBuffers>> {
  return compileKernel(
    context,
    {
      file: 'fused/project',
      parts: matrixParts(tile),
      group: MATRIX_GROUP,
      bindings: ['weights', 'place', 'rows', 'input', 'stream'],
      constants: { INPUT: inputs },
    },
    (rows) => [outputGroups(context.shape.dim, context.lanes), Math.ceil(rows / tile)],
  )
}
