/**
 * Which engine runs, by real engines on real evidence: the software adapter where Dawn finds one, damaged shaders, a
 * machine without any.
 */
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { StreamPlan } from '../../speech/3-units/streams'
import type { Manifest } from '../../speech/manifest'
import { drawAll, type LmEngine } from '../lm-engine'
import { describeAdapter, findDawnAdapter } from '../testing/dawn'
import { diskModels, MODELS_FOLDER, readLmWasm } from '../testing/disk-ladder'
import { bundledShaders } from '../wgsl/shaders'
import type { ShaderSources } from '../wgsl/kernel'
import type { EngineChoice, LmOptions } from './choose-lm'
import { findFasterLm } from './faster-lm'
import { knownStream } from './known-answer'
import shipped from './known-answer.json'
import { loadLadder, type Ladder } from './load'
import type { ModelFiles } from './model-files'
import { WARM_UP_STEPS } from './speed'
import { chooseVoice } from './voice'

const found = await findDawnAdapter()
const noPause = async () => undefined
let opened: Ladder | undefined

async function open(
  engine: EngineChoice,
  more: Partial<LmOptions> = {},
  files: ModelFiles = diskModels,
): Promise<Ladder> {
  const runtime = { threads: 1 }
  opened = await loadLadder(files, {
    tokenizers: [],
    runtime,
    engine,
    lmWeights: 'int8',
    readLmWasm,
    ...more,
  })
  return opened
}
/** Known answers of a word, where it matters that they are asked for, not how many: the adapter takes 0.15 s for each. */
async function answerBriefly(ladder: Ladder): Promise<Manifest> {
  const { plan } = knownStream(ladder)
  const [voice] = Object.keys(ladder.manifest.voices)
  const phones = ['HH', 'AH0', 'L', 'OW1', '.']
  const spec = { plan: { ...plan, phones } as StreamPlan, voice: chooseVoice(ladder, { name: voice }) }
  const [answer] = await drawAll(ladder.lm, [spec])
  return { ...ladder.manifest, knownAnswer: { phones, voice, answer } }
}
const reasonOf = ({ lmRejected }: Pick<Ladder, 'lmRejected'>, engine: string) =>
  lmRejected.find((rejected) => rejected.engine === engine)?.error.message

/** Of the engine's cursors: equal to the last bit only where both are the same. */
async function logitsAfterOne(lm: LmEngine, ladder: Ladder): Promise<Float32Array> {
  const cursor = lm.openCursor()
  const stream = cursor.open(new Float32Array(ladder.manifest.voiceDim))
  const [logits] = await cursor.feed([{ stream, tokens: [{ id: 200, time: 0, phone: 0 }] }])
  cursor.dispose()
  return logits
}

afterEach(async () => {
  await opened?.dispose()
  opened = undefined
})

describe('without WebGPU', () => {
  it('runs WebAssembly, and says why the others do not', async () => {
    const ladder = await open('auto')
    expect(ladder.lm.name).toBe('wasm')
    const after = await ladder.findFasterLm(noPause)
    expect(after.lm).toBe(ladder.lm)
    expect(reasonOf(after, 'wgsl')).toBe('There is no WebGPU here.')
    expect(after.lmRejected.map(({ engine }) => engine).sort()).toEqual(['ort', 'wgsl'])
  })

  it('says so where WebGPU was asked for, and speaks all the same', async () => {
    const findGpu = async () => 'This browser has no WebGPU.'
    const ladder = await open('wgsl', { webGpu: { findGpu, readShaders: async () => bundledShaders } })
    expect(ladder.lm.name).toBe('wasm')
    expect(ladder.lmReason).toBe('WebGPU was asked for. This browser has no WebGPU.')
  })

  it('runs the reference where the kernels on WebAssembly do not start', async () => {
    const broken = async () => {
      const bytes = new Uint8Array(await readLmWasm())
      // Without its end the module is none.
      return bytes.slice(0, bytes.length - 100)
    }
    const ladder = await open('auto', { readLmWasm: broken })
    expect(ladder.lm.name).toBe('ort')
    expect(reasonOf(ladder, 'wasm')).toBeTruthy()
  })
})

describe.skipIf(typeof found === 'string')(`choice on ${describeAdapter(found)}`, () => {
  const webGpu = (shaders: ShaderSources = bundledShaders) => ({
    findGpu: async () => (typeof found === 'string' ? found : found.gpu),
    readShaders: async () => shaders,
  })
  const damaged = () => {
    const source = bundledShaders.get('plain/linear') ?? ''
    const missing = source.replace('load < INPUT / 16u', 'load < INPUT / 16u - 1u')
    expect(missing).not.toBe(source)
    return new Map([...bundledShaders, ['plain/linear', missing]])
  }

  it('takes the faster of the two, with the figures of both', async () => {
    const ladder = await open('auto', { webGpu: webGpu() })
    const after = await ladder.findFasterLm(noPause)
    const text = after.lm.name === 'wgsl' ? after.lmReason : reasonOf(after, 'wgsl')
    const [own, others] = [...(text ?? '').matchAll(/([\d]+) tokens a second/g)].map(([, rate]) =>
      Number(rate),
    )
    expect(after.lm.name).toBe(own > others ? 'wgsl' : 'wasm')
    expect(after.lmRejected.map(({ engine }) => engine)).not.toContain(after.lm.name)
    expect(after.lmRejected).toHaveLength(2)
  })

  it('draws on the faster and searches on the faster, each for itself', { timeout: 600_000 }, async () => {
    // Real engines; the drawing of one is held up until the software adapter is faster.
    const ladder = await open('auto')
    const { lm } = ladder
    const held: LmEngine = {
      ...lm,
      async start(specs) {
        const batch = await lm.start(specs)
        const run = async (steps: number) => {
          // Warming up is not measured.
          if (steps > WARM_UP_STEPS) await new Promise((go) => setTimeout(go, 8_000))
          return batch.run(steps)
        }
        return { ...batch, run, dispose: () => batch.dispose() }
      },
    }
    const options = { engine: 'auto', lmWeights: 'int8', readLmWasm, webGpu: webGpu() } as const
    const before = { lm: held, lmReason: '', lmRejected: [] }
    const parts = {
      ...ladder,
      manifest: await answerBriefly(ladder),
      read: async () => new Uint8Array(await readFile(`${MODELS_FOLDER}lm.int8.safetensors`)),
      openSession: () => Promise.reject(new Error('not asked for')),
    }
    const after = await findFasterLm(before, options, parts, noPause)
    expect(after.lm.name).toBe('wgsl')
    expect(reasonOf(after, 'wasm')).toMatch(/^It searches, \d+ tokens a second against \d+/)
    expect(await logitsAfterOne(after.lm, ladder)).toEqual(await logitsAfterOne(lm, ladder))
    await after.lm.dispose()
  })

  it('refuses wrong shaders, even where they were asked for', async () => {
    const ladder = await open('wgsl', { webGpu: webGpu(damaged()) })
    expect(ladder.lm.name).toBe('wasm')
    expect(ladder.lmReason).toMatch(
      new RegExp(`^WebGPU was asked for\\. It gave \\d+ of ${shipped.answer.length} known answers`),
    )
    expect(ladder.lmRejected.find(({ engine }) => engine === 'wgsl')?.error.code).toBe('engine-failed')
  })

  it('tells of a lost device, and goes on with the same tokens', { timeout: 600_000 }, async () => {
    const notices: string[] = []
    let device: GPUDevice | undefined
    const gpu = typeof found === 'string' ? undefined : found.gpu
    const findGpu = async () => ({
      async requestAdapter() {
        const adapter = await gpu?.requestAdapter()
        if (!adapter || device) return null
        const request = adapter.requestDevice.bind(adapter)
        adapter.requestDevice = async (descriptor) => (device = await request(descriptor))
        return adapter
      },
    })
    const undisturbed = await open('wasm')
    const manifest = await answerBriefly(undisturbed)
    const ladder = await open(
      'wgsl',
      {
        webGpu: { ...webGpu(), findGpu: findGpu as unknown as () => Promise<GPU> },
        onLmChange: ({ notice }) => notices.push(notice),
      },
      { ...diskModels, readManifest: async () => manifest },
    )
    expect(ladder.lm.name).toBe('wgsl')
    const [wanted] = await drawAll(undisturbed.lm, [knownStream(ladder)])
    const batch = await ladder.lm.start([knownStream(ladder)])
    const drawn = [...(await batch.run(16))[0]]
    device?.destroy()
    while (!batch.done) drawn.push(...(await batch.run(16))[0])
    expect(drawn.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
    expect(ladder.lm.name).toBe('wasm')
    expect(notices).toEqual([
      'The graphics device was lost. What was under way went on, with the same tokens, on WebAssembly.',
    ])
    await undisturbed.dispose()
  })
})
