/**
 * The probe: what is missing is named, and subgroups that do not add up as expected are noticed.
 */
import { describe, expect, it } from 'vitest'
import { describeAdapter, findDawnAdapter } from '../testing/dawn'
import { makeTinyModel } from '../testing/tiny-model'
import { chooseTuning, deviceDescriptor, probeAdapter, subgroupsAddUp } from './probe'
import { bundledShaders } from './shaders'
import { manifestToShape } from './shape'

const found = await findDawnAdapter()
const { manifest, vocabulary } = makeTinyModel()
const shape = manifestToShape(manifest, vocabulary)

describe('without a GPU', () => {
  it('says why', async () => {
    const blind = { requestAdapter: async () => null } as unknown as GPU
    expect(await probeAdapter(blind)).toMatch(/no graphics adapter/)
  })

  it('names every limit that is too low', async () => {
    const limits = {
      maxStorageBuffersPerShaderStage: 4,
      maxStorageBufferBindingSize: 2 ** 27,
      maxComputeInvocationsPerWorkgroup: 64,
      maxComputeWorkgroupStorageSize: 16_384,
    }
    const info = { vendor: 'tiny', architecture: '', description: 'toy', isFallbackAdapter: false }
    const poor = { requestAdapter: async () => ({ limits, info, features: new Set() }) } as unknown as GPU
    expect(await probeAdapter(poor)).toMatchObject({
      report: {
        name: 'tiny toy',
        isSoftware: false,
        hasSubgroups: false,
        deficits: [
          { limit: 'maxStorageBuffersPerShaderStage', wanted: 7, offered: 4 },
          { limit: 'maxComputeInvocationsPerWorkgroup', wanted: 128, offered: 64 },
        ],
      },
    })
  })
})

describe.skipIf(typeof found === 'string')(`probe on ${describeAdapter(found)}`, () => {
  it('lets this adapter run, the software one on the plain rung', async () => {
    if (typeof found === 'string') return
    const probed = await probeAdapter(found.gpu)
    if (typeof probed === 'string') throw new Error(probed)
    expect(probed.report.deficits).toEqual([])
    const device = await probed.adapter.requestDevice(deviceDescriptor(probed.adapter))
    const hardware = { ...probed.report, isSoftware: false }
    const software = { ...probed.report, isSoftware: true }
    const plain = { rung: 'plain', reduction: device.features.has('subgroups') ? 'subgroup' : 'workgroup' }
    expect(await chooseTuning(device, software, shape, bundledShaders)).toMatchObject(plain)
    if (device.features.has('subgroups')) {
      const fast = { rung: 'fused', reduction: 'subgroup', lanes: 4 }
      expect(await chooseTuning(device, hardware, shape, bundledShaders)).toEqual(fast)
      const file = 'parts/lanes-subgroup'
      const swapped = bundledShaders.get(file)?.replace('quadSwapY(pair)', 'quadSwapX(pair)') ?? ''
      expect(await subgroupsAddUp(device, shape, new Map([...bundledShaders, [file, swapped]]))).toBe(false)
    }
    device.destroy()
  })
})
