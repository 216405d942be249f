/**
 * Owns: running one kernel once, for tests: arrays in, arrays out, and the numbers that tests feed to kernels.
 */
import type { Dispatch, Kernel } from '../wgsl/kernel'
import { encodePass } from '../wgsl/kernel'
import { guardDevice } from '../wgsl/device-guard'
import { readBack } from '../wgsl/read-back'

type KernelInput = Float32Array | Uint32Array | GPUBuffer

/** Runs a kernel on these buffers. @returns the named ones afterwards, as 32-bit words */
export async function runKernel<Binding extends string, Output extends Binding>(
  device: GPUDevice,
  kernel: Kernel<Binding>,
  inputs: Readonly<Record<Binding, KernelInput>>,
  rows: number,
  outputs: readonly Output[],
): Promise<Record<Output, ArrayBuffer>> {
  const made: GPUBuffer[] = []
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
  const toBuffer = (input: KernelInput): GPUBuffer => {
    if (!ArrayBuffer.isView(input)) return input
    const buffer = device.createBuffer({ size: input.byteLength, usage })
    device.queue.writeBuffer(
      buffer,
      0,
      Uint32Array.from(new Uint32Array(input.buffer, input.byteOffset, input.length)),
    )
    made.push(buffer)
    return buffer
  }
  const names = Object.keys(inputs) as Binding[]
  const buffers = Object.fromEntries(names.map((name) => [name, toBuffer(inputs[name])])) as Record<
    Binding,
    GPUBuffer
  >
  const dispatch: Dispatch = kernel(buffers)(rows)
  const encoder = device.createCommandEncoder()
  encodePass(encoder, [dispatch])
  device.queue.submit([encoder.finish()])
  const found = {} as Record<Output, ArrayBuffer>
  for (const name of outputs) {
    const buffer = buffers[name]
    found[name] = await readBack(guardDevice(device), [{ buffer, offset: 0, bytes: buffer.size }])
  }
  for (const buffer of made) buffer.destroy()
  return found
}
