/**
 * Owns: WebGPU in Node: the package `webgpu` (Dawn), where it is installed. It belongs to the tools for development, so
 * the command line works without it.
 */
import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { toPlainError } from '../speech/errors'
import type { WebGpuPort } from '../gpu/wgsl/open'
import { readShaders } from '../gpu/wgsl/shaders-disk'

/** Where Linux keeps the list of its Vulkan drivers. Dawn would print warnings where there is none. */
const VULKAN_FOLDERS = ['/etc', '/usr/share', '/usr/local/share', join(homedir(), '.local/share')].map(
  (folder) => join(folder, 'vulkan/icd.d'),
)

/** Outlives its adapters: they stop working when it is collected. */
let instance: GPU | undefined

export const nodeWebGpu: WebGpuPort = {
  readShaders: async () => readShaders(),
  async findGpu() {
    if (process.platform === 'linux' && !hasVulkanDriver()) {
      return 'WebGPU in Node wants a Vulkan driver, and this machine has none.'
    }
    try {
      const { create, globals } = await import('webgpu')
      Object.assign(globalThis, globals)
      instance ??= create([])
      return instance
    } catch (error) {
      return `WebGPU in Node wants the package “webgpu”, which does not start. ${toPlainError(error).message}`
    }
  },
}

function hasVulkanDriver(): boolean {
  const { VK_ICD_FILENAMES, VK_DRIVER_FILES } = process.env
  return Boolean(VK_ICD_FILENAMES ?? VK_DRIVER_FILES) || VULKAN_FOLDERS.some(listsDriver)
}

function listsDriver(folder: string): boolean {
  try {
    return readdirSync(folder).some((file) => file.endsWith('.json'))
  } catch {
    return false
  }
}
