/**
 * Owns: model files in a browser: fetched with progress in bytes, proven against the manifest, kept in Cache Storage
 * under an address that holds their hash. A file that is damaged or does not arrive is fetched once more, else refused.
 * Without storage everything still works, it only loads again next time.
 */
import { findDamage, type ModelFiles } from '../gpu/ladder/model-files'
import { ConvergeError } from '../speech/errors'
import type { ManifestFile } from '../speech/manifest'

export interface ModelStorePorts {
  readonly fetch: typeof fetch
  /** Absent where the browser has no Cache Storage or denies it. */
  readonly openCache: () => Promise<Cache | undefined>
  /** Called with every arriving stretch of a file, downloaded or cached. */
  readonly onBytes: (name: string, doneBytes: number) => void
}

export interface ModelStore extends ModelFiles {
  readonly totals: { readonly downloadedBytes: number; readonly cachedBytes: number; readonly kept: boolean }
}

const MANIFEST = 'manifest.json'

/** `modelsUrl` ends in a slash. */
export function createModelStore(modelsUrl: string, ports: ModelStorePorts): ModelStore {
  const totals = { downloadedBytes: 0, cachedBytes: 0, kept: true }

  async function download(name: string, address: string): Promise<Response> {
    const missing = (detail: string, cause?: unknown) =>
      new ConvergeError(
        'model-missing',
        `The model file ${name} could not be fetched (${detail}). Check that the server is running, then try again.`,
        { file: name, detail },
        { cause },
      )
    const response = await ports.fetch(address, { cache: 'no-store' }).catch((cause: unknown) => {
      throw missing('no answer', cause)
    })
    if (!response.ok) throw missing(`status ${response.status}`)
    return response
  }

  async function readBytes(name: string, response: Response): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = []
    let done = 0
    const reader = response.body?.getReader()
    for (;;) {
      const part = await reader?.read().catch((cause: unknown) => {
        throw new ConvergeError(
          'model-missing',
          `The connection broke while ${name} was arriving (${done} bytes so far). Try again.`,
          { file: name, foundBytes: done },
          { cause },
        )
      })
      if (!part || part.done) break
      chunks.push(part.value)
      done += part.value.length
      ports.onBytes(name, done)
    }
    const bytes = new Uint8Array(done)
    let at = 0
    for (const chunk of chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    return bytes
  }

  async function keep(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const cache = await ports.openCache()
      if (cache) await cache.put(key, new Response(bytes))
      else totals.kept = false
    } catch {
      // A full or forbidden storage costs a download next time, nothing else.
      totals.kept = false
    }
  }

  const cached = async (key: string): Promise<Response | undefined> =>
    (await ports.openCache())?.match(key).catch(() => undefined)

  return {
    totals,
    async readManifest() {
      const address = modelsUrl + MANIFEST
      try {
        const bytes = await readBytes(MANIFEST, await download(MANIFEST, address))
        const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
        await keep(address, bytes)
        return json
      } catch (error) {
        const copy = await cached(address)
        if (copy) return copy.json()
        throw error instanceof ConvergeError
          ? error
          : new ConvergeError(
              'model-damaged',
              'The model manifest is no JSON; the server holds a wrong copy.',
              {
                file: MANIFEST,
              },
            )
      }
    },
    async readFile(name, file: ManifestFile) {
      const key = `${modelsUrl}${name}?sha256=${file.sha256}`
      const copy = await cached(key)
      if (copy) {
        const bytes = await readBytes(name, copy)
        if (!(await findDamage(name, bytes, file))) {
          totals.cachedBytes += bytes.length
          return bytes
        }
        await (await ports.openCache())?.delete(key)
      }
      let failure: unknown
      for (let attempt = 0; attempt < 2; attempt++) {
        try {
          const bytes = await readBytes(name, await download(name, key))
          totals.downloadedBytes += bytes.length
          const damage = await findDamage(name, bytes, file)
          if (damage) throw damage
          await keep(key, bytes)
          return bytes
        } catch (error) {
          failure = error
        }
      }
      throw failure
    },
  }
}
