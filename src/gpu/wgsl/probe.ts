/**
 * Owns: what a machine's WebGPU offers the engine, and what it lacks: each limit wanted beside the one offered, and, on a
 * device, how invocations may add up. Makes no device and compiles none of the engine's kernels.
 */
import { compileKernel, encodePass, type KernelContext, type Lanes, type Reduction } from './kernel'
import { guardDevice } from './device-guard'
import { readBack } from './read-back'
import type { RungName } from './rung'
import type { LmShape } from './shape'

export interface Deficit {
  readonly limit: string
  readonly wanted: number
  readonly offered: number
}

export interface AdapterReport {
  /** Vendor, architecture and description, as far as the browser tells. */
  readonly name: string
  /** Computes on the processor: right, but slower than WebAssembly. */
  readonly isSoftware: boolean
  readonly hasSubgroups: boolean
  /** Empty where the engine can run. */
  readonly deficits: readonly Deficit[]
}

/** What suits a device: handed to `createWgslLm`. */
export interface Tuning {
  readonly rung: RungName
  readonly reduction: Reduction
  readonly lanes: Lanes
}

/** The largest storage buffer: all weights, and one layer's cache of 16 streams. */
const WANTED_LIMITS = [
  ['maxStorageBuffersPerShaderStage', 7],
  ['maxStorageBufferBindingSize', 32 * 1024 * 1024],
  ['maxComputeInvocationsPerWorkgroup', 128],
  ['maxComputeWorkgroupStorageSize', 16_384],
] as const

/** What `requestDevice` is to be asked for. */
export function deviceDescriptor(adapter: GPUAdapter): GPUDeviceDescriptor {
  const requiredFeatures: GPUFeatureName[] = adapter.features.has('subgroups') ? ['subgroups'] : []
  return { requiredFeatures }
}

/** @returns the report, or in one sentence why there is no adapter */
export async function probeAdapter(
  gpu: GPU,
): Promise<{ readonly adapter: GPUAdapter; readonly report: AdapterReport } | string> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) return 'There is WebGPU here, but no graphics adapter for it.'
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info
  const deficits = WANTED_LIMITS.flatMap(([limit, wanted]) => {
    const offered = adapter.limits[limit]
    return offered < wanted ? [{ limit, wanted, offered }] : []
  })
  const report = {
    name: [vendor, architecture, description].filter((part) => part !== '').join(' '),
    isSoftware: isFallbackAdapter || architecture === 'swiftshader',
    hasSubgroups: adapter.features.has('subgroups'),
    deficits,
  }
  return { adapter, report }
}

/** @throws ConvergeError `engine-failed` where the device refuses even the probe */
export async function chooseTuning(
  device: GPUDevice,
  report: AdapterReport,
  shape: LmShape,
  shaders: KernelContext['shaders'],
): Promise<Tuning> {
  const adds = device.features.has('subgroups') && (await subgroupsAddUp(device, shape, shaders))
  const reduction = adds ? 'subgroup' : 'workgroup'
  // On a processor a barrier costs more than reading twice.
  return report.isSoftware ? { rung: 'plain', reduction, lanes: 1 } : { rung: 'fused', reduction, lanes: 4 }
}

const PROBE_GROUP = 128

/** Whether quads and subgroups are numbered as the reductions take them to be, and the device adds them up rightly. */
export async function subgroupsAddUp(
  device: GPUDevice,
  shape: LmShape,
  shaders: KernelContext['shaders'],
): Promise<boolean> {
  const context: KernelContext = { device, shape, shaders, reduction: 'subgroup', lanes: 4 }
  const kernel = await compileKernel(
    context,
    {
      file: 'parts/probe',
      parts: ['probe-tile', 'lanes', 'group'],
      group: PROBE_GROUP,
      bindings: ['found'],
    },
    () => [1, 1],
  )
  const guard = guardDevice(device)
  const bytes = PROBE_GROUP * 4 * Float32Array.BYTES_PER_ELEMENT
  const found = await guard.attempt(() => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC
    const buffer = device.createBuffer({ size: bytes, usage })
    const encoder = device.createCommandEncoder()
    encodePass(encoder, [kernel({ found: buffer })(1)])
    device.queue.submit([encoder.finish()])
    return buffer
  })
  const values = new Float32Array(await readBack(guard, [{ buffer: found, offset: 0, bytes }]))
  found.destroy()
  const last = PROBE_GROUP - 1
  return Array.from({ length: PROBE_GROUP }, (_, i) => {
    const quad = 4 * (i - (i % 4)) + 6
    const wanted = [quad, (last * PROBE_GROUP) / 2, last, 0]
    return wanted.every((value, k) => values[4 * i + k] === value)
  }).every(Boolean)
}
