/** The store with files of the test's own behind ports that play the network and the browser's storage. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createModelStore } from './model-store'

const URL_OF_MODELS = 'http://models.test/models/'
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const entryOf = (text: string) => ({
  bytes: encode(text).length,
  sha256: createHash('sha256').update(text).digest('hex'),
  licence: '',
  source: '',
  role: '',
})
/** A manifest is here only what the store looks at. */
const manifestOf = (files: Readonly<Record<string, string>>) => ({
  files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, entryOf(text)])),
})

/** A cache in memory; addresses are made whole, as the browser's are. */
class KeptFiles {
  readonly kept = new Map<string, Response>()
  match = async (key: string) => this.kept.get(key)?.clone()
  put = async (key: string, response: Response) => void this.kept.set(key, response)
  delete = async (key: string | Request) => this.kept.delete(typeof key === 'string' ? key : key.url)
  keys = async () => [...this.kept.keys()].map((url) => new Request(url))
  names = () => [...this.kept.keys()].map((url) => url.replace(URL_OF_MODELS, '').replace(/=.*/, '')).sort()
}

let cache: KeptFiles
let server: Record<string, string | Uint8Array<ArrayBuffer> | undefined>
const stop = { signal: new AbortController().signal, onBytes: vi.fn<(name: string, done: number) => void>() }

beforeEach(() => {
  cache = new KeptFiles()
  server = {}
  stop.signal = new AbortController().signal
  stop.onBytes.mockReset()
})

const open = (openCache: () => Promise<unknown> = async () => cache) =>
  createModelStore(URL_OF_MODELS, {
    openCache: openCache as () => Promise<Cache | undefined>,
    waiterFor: (name) => ({ signal: stop.signal, onBytes: (done) => stop.onBytes(name, done) }),
    async fetch(address) {
      const name = new URL(address instanceof Request ? address.url : address).pathname.slice(8)
      const found = server[name]
      return found === undefined ? new Response('', { status: 404 }) : new Response(found)
    },
  })

function publish(files: Record<string, string>): ReturnType<typeof manifestOf> {
  const manifest = manifestOf(files)
  server = { ...files, 'manifest.json': JSON.stringify(manifest) }
  return manifest
}

async function readAll(store: ReturnType<typeof open>, { files }: ReturnType<typeof manifestOf>) {
  for (const [name, file] of Object.entries(files)) await store.readFile(name, file)
}

describe('the model store', () => {
  it('keeps another set whole in the place of the one before, and nothing of it before it is whole', async () => {
    const old = publish({ 'a.onnx': 'old a', 'b.onnx': 'b' })
    const first = open()
    await first.readManifest()
    await readAll(first, old)
    await first.settle(old)
    const before = cache.names()
    expect(before).toEqual(['a.onnx?sha256', 'b.onnx?sha256', 'manifest.json'])

    const next = publish({ 'a.onnx': 'new a', 'b.onnx': 'b' })
    server['a.onnx'] = undefined
    const broken = open()
    await broken.readManifest()
    await expect(readAll(broken, next)).rejects.toMatchObject({ code: 'model-missing' })
    server = {}
    const offline = open()
    expect(await offline.readManifest()).toEqual(old)
    await readAll(offline, old)

    publish({ 'a.onnx': 'new a', 'b.onnx': 'b' })
    await cache.put(`${URL_OF_MODELS}mine/a.onnx?sha256=1`, new Response('another set'))
    const whole = open()
    await whole.readManifest()
    await readAll(whole, next)
    await whole.settle(next)
    expect(cache.kept.size).toBe(4)
    expect(cache.kept.has(`${URL_OF_MODELS}a.onnx?sha256=${old.files['a.onnx'].sha256}`)).toBe(false)
    server = {}
    expect(await open().readManifest()).toEqual(next)
  })

  it('leaves the set before alone where the browser keeps no more', async () => {
    const old = publish({ 'a.onnx': 'old a' })
    const first = open()
    await first.readManifest()
    await readAll(first, old)
    await first.settle(old)
    const next = publish({ 'a.onnx': 'new a' })
    cache.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    const full = open()
    await full.readManifest()
    await readAll(full, next)
    await full.settle(next)
    expect(full.totals.kept).toBe(false)
    server = {}
    expect(await open().readManifest()).toEqual(old)
  })

  it('fetches anew what is kept and cannot be read', async () => {
    const manifest = publish({ 'a.onnx': 'a' })
    const unreadable = new Response(
      new ReadableStream({ pull: (controller) => controller.error(new Error('no such block')) }),
    )
    cache.match = async () => unreadable
    const bytes = await open().readFile('a.onnx', manifest.files['a.onnx'])
    expect(new TextDecoder().decode(bytes)).toBe('a')
    cache.match = () => Promise.reject(new Error('no such entry'))
    await open().readFile('a.onnx', manifest.files['a.onnx'])
  })

  it('reads no further than the manifest says, and refuses what is longer or shorter', async () => {
    const { files } = manifestOf({ 'a.onnx': 'abc' })
    let pulled = 0
    server['a.onnx'] = undefined
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1
          controller.enqueue(encode('ab'))
        },
      })
    const store = createModelStore(URL_OF_MODELS, {
      openCache: async () => undefined,
      waiterFor: () => undefined,
      fetch: async () => new Response(endless()),
    })
    await expect(store.readFile('a.onnx', files['a.onnx'])).rejects.toMatchObject({
      code: 'model-damaged',
      facts: { file: 'a.onnx', wantedBytes: 3, foundBytes: 4 },
    })
    expect(pulled).toBeLessThan(10)
    server['a.onnx'] = 'ab'
    await expect(open().readFile('a.onnx', files['a.onnx'])).rejects.toMatchObject({
      facts: { wantedBytes: 3, foundBytes: 2 },
    })
  })

  it('is stopped while the manifest comes, though one is kept', async () => {
    const old = publish({})
    const first = open()
    await first.readManifest()
    await first.settle(old)
    const abort = new AbortController()
    stop.signal = abort.signal
    const reading = open().readManifest()
    abort.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is stopped before and within a file, and asks for it once', async () => {
    const { files } = publish({ 'a.onnx': 'a' })
    stop.signal = AbortSignal.abort()
    await expect(open().readFile('a.onnx', files['a.onnx'])).rejects.toMatchObject({ name: 'AbortError' })
    const abort = new AbortController()
    stop.signal = abort.signal
    stop.onBytes.mockImplementation(() => abort.abort())
    await expect(open().readFile('a.onnx', files['a.onnx'])).rejects.toMatchObject({ name: 'AbortError' })
    expect(stop.onBytes).toHaveBeenCalledOnce()
  })
})
