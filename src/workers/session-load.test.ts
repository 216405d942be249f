/**
 * Loading in the worker's session with a ladder that only counts: what a stopped load leaves behind, that another tokenizer
 * is opened in the ladder that is there, and whose progress its bytes are.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeEach, expect, it, vi } from 'vitest'
import { loadLadder, type Ladder, type LoadOptions } from '../gpu/ladder/load'
import type { ModelFiles } from '../gpu/ladder/model-files'
import { MODELS_FOLDER } from '../gpu/testing/disk-ladder'
import { parseManifest, type Manifest } from '../speech/manifest'
import type { ClientMessage, WorkerMessage } from './protocol'
import { createWorkerSession } from './session'

vi.mock('../gpu/ladder/load', { spy: true })

const MEL = 'tokenizer-mel.onnx'
const MEL_BYTES = new Uint8Array(5000)
let manifest: Manifest
let ladders: { readonly options: LoadOptions; readonly files: ModelFiles; isDisposed: boolean }[]
/** What happens to a load when its ladder is there. */
let atLoad: () => void | Promise<void>
let findFasterLm: Ladder['findFasterLm']
let serverWaits: Promise<unknown>

beforeEach(async () => {
  const json = JSON.parse(await readFile(`${MODELS_FOLDER}manifest.json`, 'utf8'))
  const sha256 = createHash('sha256').update(MEL_BYTES).digest('hex')
  json.files[MEL] = { ...json.files[MEL], bytes: MEL_BYTES.length, sha256 }
  manifest = parseManifest(json)
  ladders = []
  atLoad = () => undefined
  serverWaits = Promise.resolve()
  findFasterLm = () => new Promise(() => {})
  vi.mocked(loadLadder).mockImplementation(async (files, options) => {
    const mine = { options, files, isDisposed: false }
    ladders.push(mine)
    await atLoad()
    return toLadder(mine)
  })
})

function toLadder(mine: (typeof ladders)[number]): Ladder {
  const parts: Partial<Ladder> = {
    manifest,
    lm: { name: 'wasm' } as Ladder['lm'],
    lmReason: 'It counts.',
    lmRejected: [],
    networksReason: '',
    networks: {
      async codecMelToUnits(_bands, melFrames) {
        await mine.files.readFile(MEL, manifest.files[MEL])
        return Array.from({ length: melFrames / 2 }, () => 0)
      },
    } as Ladder['networks'],
    findFasterLm: (pause) => findFasterLm(pause),
    dispose: async () => void (mine.isDisposed = true),
  }
  return parts as Ladder
}

function createHarness() {
  const messages: WorkerMessage[] = []
  const session = createWorkerSession({
    async fetch(address, init) {
      const { href } = new URL(address instanceof Request ? address.url : address)
      const isManifest = href.endsWith('manifest.json')
      if (!isManifest) await serverWaits
      init?.signal?.throwIfAborted()
      return new Response(isManifest ? JSON.stringify(manifest) : MEL_BYTES)
    },
    openCache: async () => undefined,
    nowMs: () => 0,
    runtime: { threads: 1 },
    readLmWasm: () => Promise.reject(new Error('not asked for')),
    webGpu: { findGpu: async () => 'none', readShaders: async () => new Map() },
    post: (message, transfer = []) => void messages.push(structuredClone(message, { transfer })),
  })
  const ended = (id: number, type: WorkerMessage['type']) =>
    vi.waitFor(() => expect(messages.filter((one) => one.id === id).at(-1)?.type).toBe(type))
  return { session, messages, ended }
}

const load = (id: number, more: Partial<Extract<ClientMessage, { type: 'load' }>> = {}): ClientMessage => ({
  type: 'load',
  id,
  modelsUrl: 'http://models.test/',
  tokenizer: 'whisper',
  engine: 'auto',
  ...more,
})

it('lets a ladder go that was stopped while it opened', async () => {
  const { session, ended } = createHarness()
  atLoad = () => session.receive({ type: 'cancel', id: 1 })
  session.receive(load(1))
  await ended(1, 'cancelled')
  expect(ladders.map(({ isDisposed }) => isDisposed)).toEqual([true])
})

it('opens another tokenizer in the ladder that is there, with its bytes as progress; another engine is another ladder', async () => {
  const { session, ended, messages } = createHarness()
  session.receive(load(1))
  session.receive(load(2, { tokenizer: 'mel' }))
  await ended(2, 'loaded')
  expect(ladders).toHaveLength(1)
  expect(messages.filter(({ id }) => id === 2).at(-2)).toMatchObject({
    type: 'progress',
    stage: 'download',
    done: MEL_BYTES.length,
    total: MEL_BYTES.length,
  })
  session.receive(load(3, { engine: 'wasm' }))
  await ended(3, 'loaded')
  expect(ladders.map(({ isDisposed }) => isDisposed)).toEqual([true, false])
})

it('tells a recording whose tokenizer is not there yet of its bytes, and stops them with it', async () => {
  const { session, ended, messages } = createHarness()
  session.receive(load(1))
  await ended(1, 'loaded')
  const samples = Float32Array.from(
    { length: 24_000 },
    (_, i) => Math.sin(i * i) * (i % 4000 > 2000 ? 0.3 : 0.01),
  )
  const listen = { type: 'listen', samples, sampleRateHz: 24_000, tokenizer: 'mel' } as const
  let arrive: () => void = () => {}
  serverWaits = new Promise<void>((resolve) => (arrive = resolve))
  session.receive({ ...listen, id: 2 })
  await new Promise((resolve) => setTimeout(resolve, 20))
  session.receive({ type: 'cancel', id: 2 })
  arrive()
  await ended(2, 'cancelled')
  expect(messages.filter(({ id }) => id === 2)).toHaveLength(1)
  session.receive({ ...listen, id: 3 })
  await vi.waitFor(() => expect(messages.some(({ id, type }) => id === 3 && type === 'tokenized')).toBe(true))
  expect(messages.find(({ id }) => id === 3)).toMatchObject({ type: 'progress', stage: 'download' })
})

it('ends the second look at engines when other models take their place', async () => {
  const { session, ended, messages } = createHarness()
  const looked = vi.fn<(error: unknown) => void>()
  let goOn: () => void = () => {}
  findFasterLm = async (pause) => {
    await new Promise<void>((resolve) => (goOn = resolve))
    await pause().catch(looked)
    return { lm: { name: 'wgsl' } as Ladder['lm'], lmReason: 'late', lmRejected: [] }
  }
  session.receive(load(1))
  await ended(1, 'loaded')
  session.receive(load(2, { engine: 'wasm' }))
  await ended(2, 'loaded')
  goOn()
  await vi.waitFor(() => expect(looked).toHaveBeenCalledWith(expect.objectContaining({ code: 'cancelled' })))
  expect(messages.filter(({ type }) => type === 'engine-changed')).toEqual([])
})
