/**
 * Owns: the speech worker's session: the ladder it loads and the queue the requests wait in. What each request does is in
 * `tasks/`. Its surroundings are ports, so that it runs in a test as it does in the worker.
 */
import type { ChosenLm } from '../gpu/ladder/choose-lm'
import type { ChosenNetworks, NetworksChange, NetworksPort } from '../gpu/ladder/faster-networks'
import type { LmChange } from '../gpu/ladder/lm-reasons'
import { loadLadder, neededFiles, type Ladder } from '../gpu/ladder/load'
import type { RuntimeOptions } from '../gpu/ort/runtime'
import type { WebGpuPort } from '../gpu/wgsl/open'
import { ConvergeError, toPlainError } from '../speech/errors'
import { parseManifest } from '../speech/manifest'
import { createModelStore, type ModelStore, type ModelStorePorts } from './model-store'
import type { ClientMessage, EngineInUse, EngineReport, LoadRequest, WorkerMessage } from './protocol'
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
  /** Absent where WebGPU is not to be looked for. The worker owns every device: none can be handed over. */
  readonly webGpu?: WebGpuPort
  /** Of the other networks; absent where a graphics card is not to be looked for. */
  readonly networksPort?: NetworksPort
}

interface Loaded {
  /** The request that loaded it. */
  readonly id: number
  /** Another object with every engine: a task keeps the one that it began with. */
  ladder: Ladder
}

export function createWorkerSession(ports: SessionPorts): { receive(message: ClientMessage): void } {
  const { post } = ports
  const queue = createQueue()
  const inboxes = createLiveInboxes()
  let current: Loaded | undefined

  function loaded(): Ladder {
    if (current) return current.ladder
    throw new ConvergeError('model-missing', 'The models are not loaded yet. Load them first.')
  }

  async function load(request: LoadRequest, signal: AbortSignal): Promise<void> {
    const { id, modelsUrl, tokenizer, engine = 'auto' } = request
    const startMs = ports.nowMs()
    const fetchAborting: typeof fetch = (input, init) => ports.fetch(input, { ...init, signal })
    const bytes = new Map<string, number>()
    let totalBytes = 0
    let mine: Loaded | undefined
    const store = createModelStore(modelsUrl, {
      ...ports,
      fetch: fetchAborting,
      onBytes(name, doneBytes) {
        // Later an engine may read its weights again, which nobody waits for.
        if (mine) return
        bytes.set(name, doneBytes)
        const done = [...bytes.values()].reduce((sum, count) => sum + count, 0)
        post({ type: 'progress', id, stage: 'download', done, total: totalBytes, unit: 'bytes' })
      },
    })
    const options = {
      tokenizers: [tokenizer],
      runtime: ports.runtime,
      engine,
      lmWeights: 'int8',
      readLmWasm: ports.readLmWasm,
      ...(ports.webGpu && { webGpu: ports.webGpu }),
      onLmChange: ({ notice, ...reasons }: LmChange) => mine && tellChange(mine, reasons, notice),
      ...(ports.networksPort && { networksPort: ports.networksPort }),
      onNetworksChange: ({ notice, ...reason }: NetworksChange) => mine && tellChange(mine, reason, notice),
    } as const
    const json = await store.readManifest()
    const { files } = parseManifest(json)
    bytes.clear()
    totalBytes = neededFiles(options).reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0)
    const ladder = await loadLadder({ ...store, readManifest: async () => json }, options)
    signal.throwIfAborted()
    await current?.ladder.dispose()
    mine = { id, ladder }
    current = mine
    post({ type: 'loaded', id, report: toReport(ladder, store, ports.nowMs() - startMs) })
    if (engine === 'auto') void lookAgain(mine)
  }

  /** Whoever asks for something meanwhile goes first. */
  async function lookAgain(mine: Loaded): Promise<void> {
    const before = mine.ladder
    const pause = async (): Promise<void> => {
      await letMessagesIn(NEVER)
      await queue.whenIdle()
    }
    if (ports.webGpu) {
      const found = await before.findFasterLm(pause)
      if (current === mine) tellChange(mine, found)
      else if (found.lm !== before.lm) await found.lm.dispose()
    }
    if (ports.networksPort && current === mine) {
      const found = await before.findFasterNetworks(pause)
      if (current === mine) tellChange(mine, found)
    }
  }

  function tellChange(mine: Loaded, change: Partial<ChosenLm & ChosenNetworks>, notice?: string): void {
    mine.ladder = { ...mine.ladder, ...change }
    const inUse = toInUse(mine.ladder)
    post({ type: 'engine-changed', id: mine.id, inUse, ...(notice && { notice }) })
  }

  function toReport(ladder: Ladder, store: ModelStore, loadMs: number): EngineReport {
    const { sampleRateHz, samplesPerFrame, frameRateHz, voices } = ladder.manifest
    return {
      ...toInUse(ladder),
      threads: ports.runtime.threads,
      loadMs,
      ...store.totals,
      sampleRateHz,
      samplesPerFrame,
      frameRateHz,
      voices: Object.entries(voices).map(([name, { description }]) => ({ name, description })),
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

const NEVER = new AbortController().signal

const toInUse = ({ lm, lmReason, lmRejected, networksReason }: Ladder): EngineInUse => ({
  engine: lm.name,
  reason: lmReason,
  rejected: lmRejected.map(({ engine, error }) => ({ engine, reason: error.message })),
  networksReason,
})
