/**
 * Owns: the WebGPU engine with a device of its own, from a `GPU` to the last buffer: one scope, which `dispose` ends.
 * What runs is what the adapter suits; where it suits nothing, one sentence says why.
 */
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import type { Manifest } from '../../speech/manifest'
import type { LmEngine } from '../lm-engine'
import type { ShaderSources } from './kernel'
import { createWgslLm } from './lm'
import { chooseTuning, deviceDescriptor, probeAdapter, type AdapterReport } from './probe'
import { manifestToShape } from './shape'

/** Where WebGPU comes from; a browser and Node differ. */
export interface WebGpuPort {
  /** @returns in one sentence why there is none */
  readonly findGpu: () => Promise<GPU | string>
  readonly readShaders: () => Promise<ShaderSources>
}

interface OwnDeviceParts extends WebGpuPort {
  /** `lm.int8.safetensors`; asked for when there is a device. */
  readonly readWeights: () => Promise<Uint8Array<ArrayBuffer>>
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
}

export interface OpenedWgslLm {
  /** Its `dispose` destroys the device too. */
  readonly lm: LmEngine
  readonly adapter: AdapterReport
}

/**
 * @returns the engine, untested, or in one sentence why this machine has none
 * @throws ConvergeError `engine-failed`, and what `readWeights` throws
 */
export async function openWgslLm(parts: OwnDeviceParts): Promise<OpenedWgslLm | string> {
  const { manifest, vocabulary } = parts
  const gpu = await parts.findGpu()
  if (typeof gpu === 'string') return gpu
  const found = await probeAdapter(gpu)
  if (typeof found === 'string') return found
  const { adapter, report } = found
  if (report.deficits.length > 0) return describeDeficits(report)
  const [weights, shaders] = await Promise.all([parts.readWeights(), parts.readShaders()])
  const device = await adapter.requestDevice(deviceDescriptor(adapter))
  try {
    const tuning = await chooseTuning(device, report, manifestToShape(manifest, vocabulary), shaders)
    const inner = await createWgslLm({ device, weights, manifest, vocabulary, shaders, ...tuning })
    const lm: LmEngine = {
      ...inner,
      async dispose() {
        await inner.dispose()
        device.destroy()
      },
    }
    return { lm, adapter: report }
  } catch (error) {
    device.destroy()
    throw error
  }
}

function describeDeficits({ name, deficits }: AdapterReport): string {
  const lacks = deficits.map(({ limit, wanted, offered }) => `${limit} ${offered}, wanted ${wanted}`)
  return `The graphics adapter${name && ` (${name})`} is too small: ${lacks.join('; ')}.`
}
