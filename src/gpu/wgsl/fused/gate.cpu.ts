/** The reference of `gate.wgsl`, of the plain rung's: input (row, dim) -> (row, ff). */
import type { CpuModel } from '../cpu-model'
import { linearCpu } from '../plain/linear.cpu'
import { normCpu } from '../plain/norm.cpu'
import { swigluCpu } from '../plain/swiglu.cpu'

export function gateCpu(model: CpuModel, layer: number, input: Float32Array): Float32Array {
  const { ffNorm, gateUp } = model.layers[layer]
  return swigluCpu(linearCpu(gateUp, normCpu(model, input, ffNorm)), model.shape.ff)
}
