/**
 * Owns: what the page knows of the models: the catalogue (voices, rates) before they are loaded, the loading with its
 * bytes, and the engine's report. Loading happens once, and again where the worker died; whoever needs the models awaits
 * the same promise.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, toPlainError, type PlainError } from '../../speech/errors'
import type { FittingModel } from '../../speech/links/fit'
import type { Manifest } from '../../speech/manifest'
import { createVocabulary, type Vocabulary } from '../../speech/3-units/vocabulary'
import type { SpeechClient } from '../../workers/client'
import type { EngineChoice, EngineReport, TokenizerName, WorkerMessage } from '../../workers/protocol'

export interface Catalogue {
  readonly voices: readonly { readonly name: string; readonly description: string }[]
  readonly frameRateHz: number
  readonly sampleRateHz: number
  readonly fsqLevels: readonly number[]
  readonly vocabulary: Vocabulary
  /** That the models have; the published ones have both, those of somebody else perhaps one. */
  readonly tokenizers: readonly TokenizerName[]
  /** For whether a link suits it. */
  readonly model: FittingModel
}

export interface LoadProgress {
  readonly done: number
  readonly total: number
}

export interface EngineState {
  readonly phase: 'idle' | 'loading' | 'ready' | 'failed' | 'stopped'
  readonly catalogue: Catalogue | null
  readonly progress: LoadProgress | null
  readonly report: EngineReport | null
  /** What happened to the engine since it was loaded, in one line. */
  readonly notice: string | null
  readonly error: PlainError | null
}

export interface EngineStore extends StoreApi<EngineState> {
  readCatalogue(): Promise<void>
  /**
   * Resolves when the models are there; a second call joins the first. The worker keeps every tokenizer that it opened, and
   * speaking needs none: `any` takes what is loaded or loading. Another engine than the person now wants is replaced.
   */
  ensure(tokenizer: TokenizerName | 'any'): Promise<EngineReport>
  cancel(): void
}

/** The better one first. */
const TOKENIZERS: readonly TokenizerName[] = ['whisper', 'mel']

/** Downloads report every few kilobytes; the screen needs no more than this. */
const PROGRESS_INTERVAL_MS = 120

export interface EnginePorts {
  readonly client: Pick<SpeechClient, 'load' | 'onEngineChanged' | 'onDied'>
  /** The engine that the person wants, at this moment. */
  readonly engineChoice: () => EngineChoice
  readonly nowMs: () => number
  readonly fetchManifest: () => Promise<Manifest>
}

/** In the worker. */
interface Loaded {
  readonly engine: EngineChoice
  readonly tokenizers: readonly TokenizerName[]
}

interface Loading {
  readonly engine: EngineChoice
  readonly tokenizer: TokenizerName
  readonly promise: Promise<EngineReport>
}

export function createEngineStore(ports: EnginePorts): EngineStore {
  const store = createStore<EngineState>(() => ({
    phase: 'idle',
    catalogue: null,
    progress: null,
    report: null,
    notice: null,
    error: null,
  }))
  let loaded: Loaded | undefined
  let loading: Loading | undefined
  /** That was loaded, by this worker or one before it. */
  let lastTokenizer: TokenizerName | undefined
  let abort = new AbortController()

  let shownMs = -Infinity

  function onEvent(message: WorkerMessage): void {
    if (message.type !== 'progress') return
    const { stage, done, total } = message
    if (stage !== 'download') return
    const isEnd = done === total
    if (!isEnd && ports.nowMs() - shownMs < PROGRESS_INTERVAL_MS) return
    shownMs = ports.nowMs()
    store.setState({ progress: { done, total } })
  }

  ports.client.onEngineChanged(({ inUse, notice = null }) => {
    const { report } = store.getState()
    if (report) store.setState({ report: { ...report, ...inUse }, notice })
  })

  ports.client.onDied(() => {
    loaded = undefined
    store.setState({ phase: 'idle', report: null, notice: null })
  })

  async function load(wanted: Pick<Loading, 'engine' | 'tokenizer'>): Promise<EngineReport> {
    const { engine, tokenizer } = wanted
    abort = new AbortController()
    store.setState({ phase: 'loading', progress: null, error: null })
    try {
      const report = await ports.client.load({ engine, tokenizer }, onEvent, abort.signal)
      const opened = loaded?.engine === engine ? loaded.tokenizers : []
      loaded = { engine, tokenizers: [...opened, tokenizer] }
      lastTokenizer = tokenizer
      store.setState({ phase: 'ready', report, notice: null, progress: null })
      return report
    } catch (thrown) {
      const error = toPlainError(thrown)
      const isStopped = error.code === 'cancelled'
      // It may have been stopped just as it ended: which engine runs now is for the worker to say.
      if (isStopped && loaded?.engine !== engine) loaded = undefined
      const before = store.getState().report
      const phase = isStopped ? (before ? 'ready' : 'stopped') : 'failed'
      store.setState({ phase, progress: null, error: isStopped ? null : error })
      throw thrown
    } finally {
      // It may have failed before; whoever chooses a voice or looks at chances needs it.
      if (!store.getState().catalogue) void fetchCatalogue().catch(() => undefined)
    }
  }

  function whatIsLoaded(engine: EngineChoice, wanted: TokenizerName | 'any'): EngineReport | null {
    if (loaded?.engine !== engine) return null
    return wanted === 'any' || loaded.tokenizers.includes(wanted) ? store.getState().report : null
  }

  async function ensure(wanted: TokenizerName | 'any'): Promise<EngineReport> {
    const engine = ports.engineChoice()
    if (loading?.engine === engine && (wanted === 'any' || loading.tokenizer === wanted))
      return loading.promise
    const report = whatIsLoaded(engine, wanted)
    if (report && !loading) return report
    const [usual] = store.getState().catalogue?.tokenizers ?? TOKENIZERS
    const tokenizer = wanted === 'any' ? (lastTokenizer ?? usual ?? TOKENIZERS[0]) : wanted
    const before = loading?.promise
    const next: Loading = {
      tokenizer,
      engine,
      promise: Promise.resolve(before)
        .catch(() => undefined)
        .then(() => whatIsLoaded(engine, tokenizer) ?? load({ tokenizer, engine }))
        .finally(() => {
          if (loading === next) loading = undefined
        }),
    }
    loading = next
    return next.promise
  }

  async function fetchCatalogue(): Promise<void> {
    const manifest = await ports.fetchManifest()
    const { frameRateHz, sampleRateHz, fsqLevels } = manifest
    const voices = Object.entries(manifest.voices).map(([name, { description }]) => ({ name, description }))
    const vocabulary = createVocabulary(manifest)
    const tokenizers = TOKENIZERS.filter((name) => `tokenizer-${name}.onnx` in manifest.files)
    store.setState({
      catalogue: { voices, frameRateHz, sampleRateHz, fsqLevels, vocabulary, tokenizers, model: manifest },
    })
  }

  return {
    ...store,
    ensure,
    readCatalogue: () =>
      fetchCatalogue().catch((thrown: unknown) => store.setState({ error: toPlainError(thrown) })),
    cancel: () => abort.abort(),
  }
}

/** Waits for a promise, but no longer than until the signal: the work itself may go on for others. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ConvergeError('cancelled', 'Stopped.'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
