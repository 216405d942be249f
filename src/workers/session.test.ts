/**
 * The worker's session with real models from disk behind a port that plays the network: loading, healing, refusing,
 * cancelling, and that every request is answered exactly once.
 */
import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { MODELS_FOLDER, readLmWasm } from '../gpu/testing/disk-ladder'
import type { WebGpuPort } from '../gpu/wgsl/open'
import { LAST_MESSAGES, type ClientMessage, type EngineChoice, type WorkerMessage } from './protocol'
import { createWorkerSession } from './session'

const MODELS_URL = 'http://models.test/'
const LAST: ReadonlySet<WorkerMessage['type']> = new Set([...LAST_MESSAGES, 'failed', 'cancelled'])
const VOICE = { name: 'af_heart' }
const NO_CUTS = { topK: 0, topP: 1, minP: 0 }
type Last = Extract<WorkerMessage, { type: (typeof LAST_MESSAGES)[number] | 'failed' | 'cancelled' }>

/** A network of the committed model files, whose answers a test may spoil. */
function createNetwork() {
  const asked: string[] = []
  const spoilers = new Map<string, (bytes: Buffer, attempt: number) => Buffer | undefined>()
  const answer: typeof fetch = async (input) => {
    const name = new URL(input instanceof Request ? input.url : input).pathname.slice(1)
    asked.push(name)
    const bytes = await readFile(MODELS_FOLDER + name)
    const attempt = asked.filter((other) => other === name).length
    const spoiled = spoilers.has(name) ? spoilers.get(name)?.(bytes, attempt) : bytes
    return spoiled ? new Response(new Uint8Array(spoiled)) : new Response('not here', { status: 404 })
  }
  return { asked, spoilers, fetch: answer }
}

/** A cache in memory with the calls that the store makes of it. */
function createCache() {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  const cache = {
    match: async (key: string) => (kept.has(key) ? new Response(kept.get(key)) : undefined),
    put: async (key: string, response: Response) =>
      void kept.set(key, new Uint8Array(await response.arrayBuffer())),
    delete: async (key: string) => kept.delete(key),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  }
  return { kept, open: async () => cache as unknown as Cache }
}

function createHarness(
  openCache: () => Promise<Cache | undefined>,
  network = createNetwork(),
  readWasm: () => Promise<BufferSource> = readLmWasm,
  webGpu?: WebGpuPort,
) {
  const messages: WorkerMessage[] = []
  const waiting = new Map<number, (message: Last) => void>()
  const session = createWorkerSession({
    fetch: network.fetch,
    openCache,
    nowMs: () => performance.now(),
    runtime: { threads: 1 },
    readLmWasm: readWasm,
    ...(webGpu && { webGpu }),
    post(posted, transfer = []) {
      const message = structuredClone(posted, { transfer })
      messages.push(message)
      if (LAST.has(message.type)) waiting.get(message.id)?.(message as Last)
    },
  })
  const ask = (message: Exclude<ClientMessage, { type: 'cancel' }>): Promise<Last> =>
    new Promise((resolve) => {
      waiting.set(message.id, resolve)
      session.receive(message)
    })
  const load = (id = 1, engine: EngineChoice = 'auto') =>
    ask({ type: 'load', id, modelsUrl: MODELS_URL, tokenizer: 'whisper', engine })
  const speak = (id: number, text: string) =>
    ask({ type: 'speak', id, text, voice: VOICE, temperature: 0.7, cuts: NO_CUTS, seed: 1 })
  return { session, messages, network, ask, load, speak }
}

describe('the worker session', () => {
  let cache: ReturnType<typeof createCache>
  beforeEach(() => {
    cache = createCache()
  })

  it('loads with progress in bytes, keeps the files and does not fetch them again', async () => {
    const first = createHarness(cache.open)
    const loaded = await first.load()
    expect(loaded.type).toBe('loaded')
    const progress = first.messages.filter((message) => message.type === 'progress')
    const last = progress[progress.length - 1]
    expect(last.done).toBe(last.total)
    expect(last.total).toBeLessThanOrEqual(45e6)
    const second = createHarness(cache.open)
    expect((await second.load()).type).toBe('loaded')
    expect(second.network.asked).toEqual(['manifest.json'])
  })

  it('works without storage and says so', async () => {
    const harness = createHarness(async () => undefined)
    expect(await harness.load()).toMatchObject({ type: 'loaded', report: { kept: false, cachedBytes: 0 } })
  })

  it('runs the fast engine, or the reference one and says why', async () => {
    const fast = await createHarness(cache.open).load()
    expect(fast).toMatchObject({ type: 'loaded', report: { engine: 'wasm' } })
    const slow = await createHarness(cache.open, createNetwork(), async () => new Uint8Array(8)).load()
    expect(slow).toMatchObject({ type: 'loaded', report: { engine: 'ort' } })
    expect(slow.type === 'loaded' && slow.report.reason).toContain('lacks WebAssembly SIMD')
  })

  it('looks for WebGPU when nobody waits, and says what it found', async () => {
    let looked: () => void = () => {}
    const looking = new Promise<void>((resolve) => (looked = resolve))
    const webGpu: WebGpuPort = {
      readShaders: async () => new Map(),
      async findGpu() {
        looked()
        return 'This browser has no WebGPU.'
      },
    }
    const { load, speak, messages } = createHarness(cache.open, createNetwork(), readLmWasm, webGpu)
    const loading = load(1)
    const speaking = speak(2, 'Me first.')
    expect(await loading).toMatchObject({ report: { engine: 'wasm' } })
    await looking
    expect((await speaking).type).toBe('spoken')
    while (!messages.some(({ type }) => type === 'engine-changed')) await new Promise((r) => setTimeout(r, 1))
    expect(messages.map(({ type }) => type).slice(-2)).toEqual(['spoken', 'engine-changed'])
    expect(messages.at(-1)).toMatchObject({
      id: 1,
      inUse: {
        engine: 'wasm',
        rejected: expect.arrayContaining([{ engine: 'wgsl', reason: 'This browser has no WebGPU.' }]),
      },
    })
  })

  it('runs another engine where the wanted one is not there, and says so', async () => {
    expect(await createHarness(cache.open).load(1, 'wgsl')).toMatchObject({
      report: { engine: 'wasm', reason: 'WebGPU was asked for. There is no WebGPU here.' },
    })
    expect(await createHarness(cache.open).load(1, 'ort')).toMatchObject({ report: { engine: 'ort' } })
  })

  it('heals a damaged copy and a damaged answer by one more fetch', async () => {
    await createHarness(cache.open).load()
    const [key] = [...cache.kept.keys()].filter((name) => name.includes('decoder.onnx'))
    cache.kept.get(key)!.fill(0, 1000, 2000)
    const network = createNetwork()
    network.spoilers.set('decoder.onnx', (bytes, attempt) =>
      attempt === 1 ? bytes.subarray(0, 5000) : bytes,
    )
    const harness = createHarness(cache.open, network)
    expect((await harness.load()).type).toBe('loaded')
    expect(network.asked.filter((name) => name === 'decoder.onnx')).toHaveLength(2)
  })

  it.each([
    ['altered', (bytes: Buffer) => Buffer.from(bytes).fill(1, 100, 101), 'model-damaged'],
    ['truncated', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), 'model-damaged'],
    ['replaced by a page', () => Buffer.from('<!doctype html>'), 'model-damaged'],
    ['missing', () => undefined, 'model-missing'],
  ])(
    'refuses a model file that is %s, naming it, and goes on when it is right again',
    async (_, spoil, code) => {
      const harness = createHarness(cache.open)
      harness.network.spoilers.set('voice.onnx', spoil)
      expect(await harness.load(1)).toMatchObject({
        type: 'failed',
        error: { code, facts: { file: 'voice.onnx' } },
      })
      harness.network.spoilers.clear()
      expect((await harness.load(2)).type).toBe('loaded')
    },
  )

  it('speaks, listens, finds a voice and decodes, each in order', async () => {
    const { load, speak, ask, messages } = createHarness(cache.open)
    await load(1)
    const spoken = await speak(2, 'Good morning, Zorblax.')
    expect(spoken).toMatchObject({ type: 'spoken' })
    const types = messages.filter(({ id }) => id === 2).map(({ type }) => type)
    expect(types[0]).toBe('planned')
    expect(types.indexOf('audio')).toBeGreaterThan(types.indexOf('drawn'))
    const parts = messages.filter((message) => message.type === 'audio').map(({ samples }) => samples)
    const samples = new Float32Array(await new Blob(parts).arrayBuffer())
    const heard = await ask({
      type: 'listen',
      id: 3,
      samples: samples.slice(),
      sampleRateHz: 24_000,
      tokenizer: 'whisper',
    })
    expect(heard.type === 'understood' && heard.result.phones.length).toBeGreaterThan(5)
    if (heard.type !== 'understood') return
    const voiced = await ask({ type: 'voice', id: 4, samples, sampleRateHz: 24_000 })
    if (voiced.type !== 'voice-made') throw new Error(voiced.type)
    expect(voiced.voice).toHaveLength(32)
    const { units } = heard.result
    const voice = { vector: voiced.voice }
    const decoded = await ask({ type: 'decode', id: 5, units, voice, seed: 1 })
    expect(decoded.type === 'decoded' && decoded.samples.length).toBe(units.length * 600)
    expect(messages.filter(({ id, type }) => id === 4 && type === 'progress')).toEqual([])
  })

  it('fails with a code and goes on', async () => {
    const { load, speak } = createHarness(cache.open)
    expect(await speak(1, 'Too early.')).toMatchObject({ type: 'failed', error: { code: 'model-missing' } })
    await load(2)
    expect(await speak(3, '  \n ')).toMatchObject({ type: 'failed', error: { code: 'text-empty' } })
    expect(await speak(4, '🙂 ️שלום')).toMatchObject({ type: 'failed', error: { code: 'text-unreadable' } })
    expect(await speak(5, 'x'.repeat(200_000))).toMatchObject({
      type: 'failed',
      error: { code: 'text-too-long' },
    })
    expect((await speak(6, 'Fine.')).type).toBe('spoken')
  })

  it('cancels a running request, and the next is as if it had never been', async () => {
    const { load, speak, session, messages } = createHarness(cache.open)
    await load(1)
    const fresh = await speak(2, 'The next one.')
    const long = speak(3, 'One sentence after another comes along. '.repeat(20))
    while (!messages.some(({ id, type }) => id === 3 && type === 'audio'))
      await new Promise((r) => setTimeout(r, 5))
    session.receive({ type: 'cancel', id: 3 })
    expect((await long).type).toBe('cancelled')
    const again = await speak(4, 'The next one.')
    expect(again.type === 'spoken' && again.result.units).toEqual(
      fresh.type === 'spoken' && fresh.result.units,
    )
  })
})
