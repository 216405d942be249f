/**
 * Owns: WebGPU in Node, for tests: Dawn on whatever adapter this machine has, else on the software adapter that comes
 * with Chromium. Where there is none it says why.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { create, globals } from 'webgpu'
import { findChromium } from '../../../scripts/chromium.mjs'

const ICD = 'vk_swiftshader_icd.json'
const PLACES = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  dirname(findChromium() ?? '/'),
]

/**
 * Code that clears workgroup memory takes the software adapter 11 of 12.5 s to compile for the fused rung, 1.2 of 2.3 s for
 * the plain one. Without it a kernel that reads what it has not written finds anything: these tests ask for more than
 * browsers do.
 */
const DAWN_OPTIONS = ['enable-dawn-features=disable_workgroup_init']

export interface DawnAdapter {
  readonly gpu: GPU
  readonly adapter: GPUAdapter
  readonly label: string
}

let instance: GPU | undefined

/** @returns the adapter, or the reason why there is none */
export async function findDawnAdapter(): Promise<DawnAdapter | string> {
  const driver = PLACES.map((place) => join(place, ICD)).find((path) => existsSync(path))
  // Chromium's software driver is chosen even beside a real one, so that tests measure the same everywhere.
  if (driver) process.env.VK_ICD_FILENAMES ??= driver
  try {
    Object.assign(globalThis, globals)
    // The instance must outlive its adapters.
    instance ??= create(DAWN_OPTIONS)
    const adapter = await instance.requestAdapter()
    if (!adapter)
      return `Dawn found no adapter (driver: ${driver ?? 'none beside Chromium'}; is libvulkan1 installed?)`
    const { vendor, architecture, description } = adapter.info
    return { gpu: instance, adapter, label: `${vendor} ${architecture} ${description}`.trim() }
  } catch (error) {
    return `Dawn does not start: ${String(error)}`
  }
}

/** For the names of tests, so that a skipped suite says why. */
export const describeAdapter = (found: DawnAdapter | string): string =>
  typeof found === 'string' ? `NO GPU ADAPTER, skipped: ${found}` : found.label

/** A new device, of a new adapter: an adapter gives one device only. */
export async function requestTestDevice({ gpu }: DawnAdapter): Promise<GPUDevice> {
  const adapter = await gpu.requestAdapter()
  if (!adapter) throw new Error('The adapter is gone.')
  const requiredFeatures: GPUFeatureName[] = adapter.features.has('subgroups') ? ['subgroups'] : []
  return adapter.requestDevice({ requiredFeatures })
}
