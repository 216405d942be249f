/**
 * Owns: the speech worker's session: the ladder it loads and the queue the requests wait in. What each request does is in
 * `tasks/`. Its surroundings are ports, so that it runs in a test as it does in the worker.
 */
import { loadLadder, neededFiles, type Ladder } from '../gpu/ladder/load'
import type { RuntimeOptions } from '../gpu/ort/runtime'
import { ConvergeError, toPlainError } from '../speech/errors'
import { parseManifest } from '../speech/manifest'
import { createModelStore, type ModelStore, type ModelStorePorts } from './model-store'
import type { ClientMessage, EngineReport, WorkerMessage } from './protocol'
import { createLiveInboxes } from './live-inbox'
import { createQueue } from './queue'
import { letMessagesIn } from './tasks/context'
import { runLive } from './tasks/live'
import { runTask } from './tasks/run-task'

export interface SessionPorts extends Omit<ModelStorePorts, 'onBytes'> {
  readonly post: (message: WorkerMessage, transfer?: Transferable[]) => void
  readonly nowMs: () => number
  readonly runtime: RuntimeOptions
  /** The bytes of the language model's kernels. */
  readonly readLmWasm: () => Promise<BufferSource>
}

type LoadMessage = Extract<ClientMessage, { type: 'load' }>

export function createWorkerSession(ports: SessionPorts): { receive(message: ClientMessage): void } {
  const { post } = ports
  const queue = createQueue()
  const inboxes = createLiveInboxes()
  let ladder: Ladder | undefined

  function loaded(): Ladder {
    if (ladder) return ladder
    throw new ConvergeError('model-missing', 'The models are not loaded yet. Load them first.')
  }

  async function load({ id, modelsUrl, tokenizer }: LoadMessage, signal: AbortSignal): Promise<void> {
    const startMs = ports.nowMs()
    const fetchAborting: typeof fetch = (input, init) => ports.fetch(input, { ...init, signal })
    const bytes = new Map<string, number>()
    let totalBytes = 0
    const store = createModelStore(modelsUrl, {
      ...ports,
      fetch: fetchAborting,
      onBytes(name, doneBytes) {
        bytes.set(name, doneBytes)
        const done = [...bytes.values()].reduce((sum, count) => sum + count, 0)
        post({ type: 'progress', id, stage: 'download', done, total: totalBytes, unit: 'bytes' })
      },
    })
    const options = {
      tokenizers: [tokenizer],
      runtime: ports.runtime,
      engine: 'auto',
      lmWeights: 'int8',
      readLmWasm: ports.readLmWasm,
    } as const
    const json = await store.readManifest()
    const { files } = parseManifest(json)
    bytes.clear()
    totalBytes = neededFiles(options).reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0)
    const loading = await loadLadder({ ...store, readManifest: async () => json }, options)
    signal.throwIfAborted()
    await ladder?.dispose()
    ladder = loading
    post({ type: 'loaded', id, report: toReport(loading, store, ports.nowMs() - startMs) })
  }

  function toReport({ manifest, lm, lmReason }: Ladder, store: ModelStore, loadMs: number): EngineReport {
    return {
      engine: lm.name,
      reason: lmReason,
      threads: ports.runtime.threads,
      loadMs,
      ...store.totals,
      sampleRateHz: manifest.sampleRateHz,
      samplesPerFrame: manifest.samplesPerFrame,
      frameRateHz: manifest.frameRateHz,
      voices: Object.entries(manifest.voices).map(([name, { description }]) => ({ name, description })),
    }
  }

  function toWork(
    message: Exclude<ClientMessage, { type: 'cancel' | 'live-samples' | 'live-end' }>,
  ): (signal: AbortSignal) => Promise<void> {
    if (message.type === 'load') return (signal) => load(message, signal)
    return async (signal) => {
      const { nowMs } = ports
      const context = { ladder: loaded(), post, nowMs, pause: () => letMessagesIn(signal) }
      if (message.type !== 'live') await runTask(context, message)
      else await runLive(context, message, inboxes.open(message.id)).finally(() => inboxes.close(message.id))
    }
  }

  return {
    receive(message) {
      if (message.type === 'cancel') {
        queue.cancel(message.id)
        inboxes.close(message.id)
        return
      }
      if (message.type === 'live-samples' || message.type === 'live-end') {
        inboxes.put(message)
        return
      }
      if (message.type === 'live') inboxes.open(message.id)
      const { id } = message
      queue.add({
        id,
        run: toWork(message),
        onFailed: (error) => post({ type: 'failed', id, error: toPlainError(error) }),
        onCancelled: () => post({ type: 'cancelled', id }),
      })
    },
  }
}
