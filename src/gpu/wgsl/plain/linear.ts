/**
 * Owns: launching `linear.wgsl`: one matrix, in the tile of rows that wastes least.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type LinearBuffers = 'weights' | 'place' | 'input' | 'output'

const GROUP = 32
const OUTPUTS_PER_INVOCATION = 2
/** Rows of an invocation, ascending; buffers have room for whole tiles. */
const TILES = [1, 4, 8]

export async function compileLinear(
  context: KernelContext,
  inputs: number,
  outputs: number,
): Promise<Kernel<LinearBuffers>> {
  const groups = Math.ceil(outputs / (OUTPUTS_PER_INVOCATION * GROUP))
  const kernels = await Promise.all(
    TILES.map((tile) =>
      compileKernel<LinearBuffers>(
        context,
        {
          file: 'plain/linear',
          parts: ['place', 'int8', 'sixteen'],
          group: GROUP,
          bindings: ['weights', 'place', 'input', 'output'],
          constants: { INPUT: inputs, OUTPUT: outputs, TILE: tile },
        },
        (rows) => [groups, Math.ceil(rows / tile)],
      ),
    ),
  )
  return (buffers) => {
    const launches = kernels.map((kernel) => kernel(buffers))
    return (rows) => {
      const fitting = TILES.findIndex((tile) => rows <= tile)
      return launches[fitting < 0 ? TILES.length - 1 : fitting](rows)
    }
  }
}
