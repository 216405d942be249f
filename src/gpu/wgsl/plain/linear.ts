/**
 * Owns: launching `linear.wgsl`: one matrix, one invocation an output.
 */
import { compileKernel, type Kernel, type KernelContext } from '../kernel'

export type LinearBuffers = 'weights' | 'place' | 'input' | 'output'

const GROUP = 64

export function compileLinear(
  context: KernelContext,
  inputs: number,
  outputs: number,
): Promise<Kernel<LinearBuffers>> {
  return compileKernel(
    context,
    {
      file: 'plain/linear',
      parts: ['place', 'int8'],
      group: GROUP,
      bindings: ['weights', 'place', 'input', 'output'],
      constants: { INPUT: inputs, OUTPUT: outputs },
    },
    (rows) => [Math.ceil(outputs / GROUP), rows],
  )
}
