/**
 * Owns: one set of models in the worker, from the request that loads it: its ladder, the store that its files come from,
 * and whom their bytes are told to: whoever loads them, later whoever needs a tokenizer that was not opened yet.
 */
import type { LmChange } from '../gpu/ladder/lm-reasons'
import { loadLadder, neededFiles, type Ladder } from '../gpu/ladder/load'
import type { NetworksChange, NetworksPort } from '../gpu/ladder/faster-networks'
import { TOKENIZER_FILES } from '../gpu/ladder/open-networks'
import type { TokenizerName } from '../gpu/networks'
import type { RuntimeOptions } from '../gpu/ort/runtime'
import type { WebGpuPort } from '../gpu/wgsl/open'
import { parseManifest } from '../speech/manifest'
import { createModelStore, type FileWaiter, type ModelStorePorts } from './model-store'
import type { EngineInUse, EngineReport, LoadRequest, WorkerMessage } from './protocol'

export interface ModelsPorts extends Omit<ModelStorePorts, 'waiterFor'> {
  readonly post: (message: WorkerMessage, transfer?: Transferable[]) => void
  readonly runtime: RuntimeOptions
  /** The bytes of the language model's kernels. */
  readonly readLmWasm: () => Promise<BufferSource>
  /** Absent where WebGPU is not to be looked for. The worker owns every device: none can be handed over. */
  readonly webGpu?: WebGpuPort
  /** Of the other networks; absent where a graphics card is not to be looked for. */
  readonly networksPort?: NetworksPort
}

interface Waiting {
  readonly id: number
  readonly signal: AbortSignal
}

export interface LoadedModels {
  /** The request that loaded them. */
  readonly id: number
  /** Another object with every engine: a task keeps the one that it began with. */
  ladder: Ladder
  /** That they are the ones asked for, whichever tokenizer. */
  are(request: Pick<LoadRequest, 'modelsUrl' | 'engine'>): boolean
  /** Work for a request that needs this tokenizer: where it is not open yet, its bytes are that request's progress. */
  withTokenizer(name: TokenizerName, waiting: Waiting, work: () => Promise<void>): Promise<void>
  toReport(loadMs: number): EngineReport
}

type TellChange = (models: LoadedModels, change: LmChange | NetworksChange) => void

/** @throws ConvergeError as `loadLadder`; the signal's reason, and then nothing stays open */
export async function loadModels(
  request: LoadRequest,
  signal: AbortSignal,
  ports: ModelsPorts,
  tellChange: TellChange,
): Promise<LoadedModels> {
  const { id, modelsUrl, tokenizer, engine = 'auto' } = request
  const nobody = (): FileWaiter | undefined => undefined
  let waiterFor: (name: string) => FileWaiter | undefined = () => ({ signal, onBytes: () => undefined })
  const store = createModelStore(modelsUrl, { ...ports, waiterFor: (name) => waiterFor(name) })
  let loaded: LoadedModels | undefined
  const onChange = (change: LmChange | NetworksChange) => loaded && tellChange(loaded, change)
  const options = {
    tokenizers: [tokenizer],
    runtime: ports.runtime,
    engine,
    lmWeights: 'int8',
    readLmWasm: ports.readLmWasm,
    ...(ports.webGpu && { webGpu: ports.webGpu }),
    onLmChange: onChange,
    ...(ports.networksPort && { networksPort: ports.networksPort }),
    onNetworksChange: onChange,
  } as const

  const json = await store.readManifest()
  const manifest = parseManifest(json)
  const bytesOf = (name: string): number => manifest.files[name]?.bytes ?? 0
  waiterFor = toDownload(ports.post, { id, signal }, neededFiles(options).map(bytesOf))
  const ladder = await loadLadder({ ...store, readManifest: async () => json }, options)
  // Later an engine may read its weights again, which nobody waits for.
  waiterFor = nobody
  await store.settle(manifest)
  if (signal.aborted) await ladder.dispose()
  signal.throwIfAborted()

  const opened = new Set([tokenizer])
  const models: LoadedModels = {
    id,
    ladder,
    are: (wanted) => wanted.modelsUrl === modelsUrl && (wanted.engine ?? 'auto') === engine,
    async withTokenizer(name, waiting, work) {
      if (opened.has(name)) return work()
      const file = TOKENIZER_FILES[name]
      const download = toDownload(ports.post, waiting, [bytesOf(file)])
      waiterFor = (read) => (read === file ? download(read) : undefined)
      try {
        await work()
        opened.add(name)
      } finally {
        waiterFor = nobody
      }
    },
    toReport(loadMs) {
      const { sampleRateHz, samplesPerFrame, frameRateHz, voices } = manifest
      return {
        ...toInUse(models.ladder),
        threads: ports.runtime.threads,
        loadMs,
        ...store.totals,
        sampleRateHz,
        samplesPerFrame,
        frameRateHz,
        voices: Object.entries(voices).map(([name, { description }]) => ({ name, description })),
      }
    },
  }
  loaded = models
  return models
}

/** The files that a request waits for, told as one progress. */
function toDownload(post: ModelsPorts['post'], { id, signal }: Waiting, fileBytes: readonly number[]) {
  const total = fileBytes.reduce((sum, bytes) => sum + bytes, 0)
  const arrived = new Map<string, number>()
  return (name: string): FileWaiter => ({
    signal,
    onBytes(doneBytes) {
      arrived.set(name, doneBytes)
      const done = [...arrived.values()].reduce((sum, bytes) => sum + bytes, 0)
      post({ type: 'progress', id, stage: 'download', done, total, unit: 'bytes' })
    },
  })
}

export const toInUse = ({ lm, lmReason, lmRejected, networksReason }: Ladder): EngineInUse => ({
  engine: lm.name,
  reason: lmReason,
  rejected: lmRejected.map(({ engine, error }) => ({ engine, reason: error.message })),
  networksReason,
})
