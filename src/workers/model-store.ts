/**
 * Owns: model files in a browser: fetched with progress in bytes, proven against the manifest, kept in Cache Storage
 * under an address that holds their hash. A file that is damaged or does not arrive is fetched once more, else refused.
 * The set that was kept before stays until another is there whole. Without storage everything still works, it only loads
 * again next time.
 */
import { damagedFile, findDamage, type ModelFiles } from '../gpu/ladder/model-files'
import { ConvergeError } from '../speech/errors'
import type { Manifest, ManifestFile } from '../speech/manifest'

/** The request that a file is read for. */
export interface FileWaiter {
  /** Stops the reading. */
  readonly signal: AbortSignal
  /** Told of every arriving stretch of the file, downloaded or cached. */
  readonly onBytes: (doneBytes: number) => void
}

export interface ModelStorePorts {
  readonly fetch: typeof fetch
  /** Absent where the browser has no Cache Storage or denies it. */
  readonly openCache: () => Promise<Cache | undefined>
  /** Who waits for this file at this moment; undefined where nobody does. */
  readonly waiterFor: (name: string) => FileWaiter | undefined
}

export interface ModelStore extends ModelFiles {
  readonly totals: { readonly downloadedBytes: number; readonly cachedBytes: number; readonly kept: boolean }
  /** The models are there: their manifest is kept as well, and no file that it does not name. */
  settle(manifest: Pick<Manifest, 'files'>): Promise<void>
}

const MANIFEST = 'manifest.json'

/** `modelsUrl` ends in a slash. */
export function createModelStore(modelsUrl: string, ports: ModelStorePorts): ModelStore {
  const totals = { downloadedBytes: 0, cachedBytes: 0, kept: true }
  /** As the server gave it. */
  let manifestText: string | undefined

  const toKey = (name: string, { sha256 }: Pick<ManifestFile, 'sha256'>): string =>
    new URL(`${name}?sha256=${sha256}`, modelsUrl).href

  async function download(name: string, address: string, waiter?: FileWaiter): Promise<Response> {
    const init: RequestInit = { cache: 'no-store', ...(waiter && { signal: waiter.signal }) }
    const response = await ports.fetch(address, init).catch((cause: unknown) => {
      throw missing(name, 'no answer', cause)
    })
    if (!response.ok) throw missing(name, `status ${response.status}`)
    return response
  }

  /** @throws ConvergeError `model-damaged` as soon as there is more than the manifest says */
  async function readBytes(
    name: string,
    response: Response,
    wantedBytes: number,
    waiter?: FileWaiter,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(wantedBytes)
    let done = 0
    const reader = response.body?.getReader()
    for (;;) {
      waiter?.signal.throwIfAborted()
      const part = await reader?.read().catch((cause: unknown) => {
        throw missing(name, `the connection broke after ${done} bytes`, cause)
      })
      if (!part || part.done) return bytes.subarray(0, done)
      const found = done + part.value.length
      if (found > wantedBytes) {
        await reader?.cancel()
        throw damagedFile(name, { wantedBytes, foundBytes: found })
      }
      bytes.set(part.value, done)
      done = found
      waiter?.onBytes(done)
    }
  }

  async function readProven(name: string, file: ManifestFile, response: Response, waiter?: FileWaiter) {
    const bytes = await readBytes(name, response, file.bytes, waiter)
    const damage = await findDamage(name, bytes, file)
    if (damage) throw damage
    return bytes
  }

  async function cached(key: string): Promise<Response | undefined> {
    return (await ports.openCache())?.match(key).catch(() => undefined)
  }

  /** What the storage refuses costs a download next time, nothing else. */
  async function store(change: (cache: Cache) => Promise<unknown>): Promise<void> {
    try {
      const cache = await ports.openCache()
      if (cache) await change(cache)
      else totals.kept = false
    } catch {
      totals.kept = false
    }
  }

  /** @returns undefined where nothing is kept, or nothing that is right */
  async function readKept(name: string, file: ManifestFile, key: string, waiter?: FileWaiter) {
    const copy = await cached(key)
    if (!copy) return undefined
    try {
      const bytes = await readProven(name, file, copy, waiter)
      totals.cachedBytes += bytes.length
      return bytes
    } catch {
      waiter?.signal.throwIfAborted()
      await (await ports.openCache())?.delete(key).catch(() => undefined)
      return undefined
    }
  }

  return {
    totals,
    async readManifest() {
      const address = modelsUrl + MANIFEST
      const waiter = ports.waiterFor(MANIFEST)
      try {
        const text = await (await download(MANIFEST, address, waiter)).text().catch((cause: unknown) => {
          throw missing(MANIFEST, 'the connection broke', cause)
        })
        waiter?.signal.throwIfAborted()
        const json: unknown = JSON.parse(text)
        manifestText = text
        return json
      } catch (error) {
        waiter?.signal.throwIfAborted()
        const kept: unknown = await (await cached(address))?.json().catch(() => undefined)
        if (kept !== undefined) return kept
        if (error instanceof ConvergeError) throw error
        throw unreadableManifest(error)
      }
    },
    async readFile(name, file) {
      const key = toKey(name, file)
      const waiter = ports.waiterFor(name)
      waiter?.signal.throwIfAborted()
      const kept = await readKept(name, file, key, waiter)
      if (kept) return kept
      let failure: unknown
      for (let attempt = 0; attempt < 2; attempt++) {
        try {
          const bytes = await readProven(name, file, await download(name, key, waiter), waiter)
          totals.downloadedBytes += bytes.length
          await store((cache) => cache.put(key, new Response(bytes)))
          return bytes
        } catch (error) {
          waiter?.signal.throwIfAborted()
          failure = error
        }
      }
      throw failure
    },
    async settle({ files }) {
      // What is not whole must not take the place of what is.
      if (!totals.kept) return
      const address = modelsUrl + MANIFEST
      const named = new Set([address, ...Object.entries(files).map(([name, file]) => toKey(name, file))])
      const text = manifestText
      await store(async (cache) => {
        if (text !== undefined) await cache.put(address, new Response(text))
        for (const { url } of await cache.keys()) {
          if (liesIn(modelsUrl, url) && !named.has(url)) await cache.delete(url)
        }
      })
    },
  }
}

/** In the folder itself: another set may lie in one below. */
const liesIn = (folder: string, url: string): boolean =>
  url.startsWith(folder) && !url.slice(folder.length).replace(/\?.*/, '').includes('/')

const missing = (name: string, detail: string, cause?: unknown): ConvergeError =>
  new ConvergeError(
    'model-missing',
    `The model file ${name} could not be fetched (${detail}). Check that the server is running, then try again.`,
    { file: name, detail },
    { cause },
  )

const unreadableManifest = (cause: unknown): ConvergeError =>
  new ConvergeError(
    'model-damaged',
    'The model manifest is no JSON; the server holds a wrong copy.',
    { file: MANIFEST },
    { cause },
  )
