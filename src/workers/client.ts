/**
 * Owns: the page's side of the speech worker: typed calls that become requests with ids, their events, cancelling by
 * AbortSignal, and a worker that is started again when it dies. One call is one promise. Knows no React.
 */
import { ConvergeError, fromPlainError } from '../speech/errors'
import type {
  AlternativeRequest,
  AverageRequest,
  AverageResult,
  BranchRequest,
  ChancesRequest,
  ClientMessage,
  DecodeRequest,
  DigitFigures,
  DigitsRequest,
  DrawnTake,
  EncodeRequest,
  EncodeResult,
  EngineReport,
  GridRequest,
  ListenRequest,
  ListenResult,
  LiveRequest,
  LoadRequest,
  MeasureRequest,
  MeasureResult,
  PlanRequest,
  ReadWordRequest,
  RoundTripRequest,
  RoundTripResult,
  SoundRequest,
  SpeakPlan,
  SpeakRequest,
  SpeakResult,
  TakeSound,
  WordReading,
  WorkerMessage,
} from './protocol'

/** A call's events: every message of its id that is not its last. */
export type OnEvent = (message: WorkerMessage) => void

type Ask<Request extends { readonly type: string; readonly id: number }, Result> = (
  call: Omit<Request, 'type' | 'id'>,
  onEvent?: OnEvent,
  signal?: AbortSignal,
) => Promise<Result>

/** `samples` of a call are transferred away from the caller. */
export interface SpeechClient {
  readonly load: Ask<Omit<LoadRequest, 'modelsUrl'>, EngineReport>
  /** Of the models that were loaded last. @returns how to stop listening */
  onEngineChanged(listener: (change: EngineChange) => void): () => void
  readonly speak: Ask<SpeakRequest, SpeakResult>
  readonly listen: Ask<ListenRequest, ListenResult>
  readonly encode: Ask<EncodeRequest, EncodeResult>
  readonly decode: Ask<DecodeRequest, Float32Array<ArrayBuffer>>
  readonly plan: Ask<PlanRequest, SpeakPlan>
  readonly readWord: Ask<ReadWordRequest, readonly WordReading[]>
  /** @returns the number of takes; each comes as an event. */
  readonly grid: Ask<GridRequest, number>
  readonly sound: Ask<SoundRequest, TakeSound>
  /** @returns the number of steps; they come as events. */
  readonly chances: Ask<ChancesRequest, number>
  readonly branch: Ask<BranchRequest, DrawnTake>
  readonly alternative: Ask<
    AlternativeRequest,
    { readonly samples: Float32Array<ArrayBuffer>; readonly startFrame: number }
  >
  readonly roundTrip: Ask<RoundTripRequest, RoundTripResult>
  readonly average: Ask<AverageRequest, AverageResult>
  readonly digits: Ask<DigitsRequest, DigitFigures>
  readonly measure: Ask<MeasureRequest, MeasureResult>
  /** Opens at once; `finished` is for all that was said, after `end`. */
  live(call: Omit<LiveRequest, 'type' | 'id'>, onEvent: OnEvent, signal?: AbortSignal): LiveCall
  dispose(): void
}

/** A microphone's samples go in as they come; `samples` are transferred away from the caller. */
export interface LiveCall {
  push(samples: Float32Array<ArrayBuffer>): void
  end(): void
  readonly finished: Promise<ListenResult>
}

/** Another engine runs now. */
export type EngineChange = Omit<Extract<WorkerMessage, { type: 'engine-changed' }>, 'type' | 'id'>

/** What the client needs of its surroundings. */
export interface ClientPorts {
  readonly startWorker: () => Worker
  /** Absolute address of the folder with `manifest.json`, ending in a slash. */
  readonly modelsUrl: string
}

interface Pending {
  readonly onEvent: OnEvent | undefined
  readonly settle: (message: WorkerMessage) => boolean
  readonly reject: (error: ConvergeError) => void
}

export function createSpeechClient(ports: ClientPorts): SpeechClient {
  let worker: Worker | undefined
  let lastId = 0
  /** What was loaded, for a worker that has to start anew. */
  let loaded: Omit<LoadRequest, 'type' | 'id'> | undefined
  const pending = new Map<number, Pending>()
  const engineListeners = new Set<(change: EngineChange) => void>()

  function stopWorker(error: ConvergeError): void {
    worker?.terminate()
    worker = undefined
    const calls = [...pending.values()]
    pending.clear()
    for (const call of calls) call.reject(error)
  }

  function currentWorker(): Worker {
    if (worker) return worker
    worker = ports.startWorker()
    worker.addEventListener('message', (event: MessageEvent<WorkerMessage>) => {
      if (event.data.type === 'engine-changed') {
        const { type: _, id: __, ...change } = event.data
        for (const listener of engineListeners) listener(change)
        return
      }
      const call = pending.get(event.data.id)
      if (!call) return
      if (call.settle(event.data)) pending.delete(event.data.id)
      else call.onEvent?.(event.data)
    })
    worker.addEventListener('error', (event) => {
      const detail = event.message || 'no detail given'
      stopWorker(
        new ConvergeError(
          'worker-stopped',
          `The speech worker stopped (${detail}). Your input is kept: try again and it starts anew.`,
          { detail },
        ),
      )
    })
    if (loaded) {
      lastId += 1
      worker.postMessage({ ...loaded, type: 'load', id: lastId } satisfies ClientMessage)
    }
    return worker
  }

  function call<Result>(
    toMessage: (id: number) => ClientMessage,
    toResult: (message: WorkerMessage) => Result | undefined,
    onEvent: OnEvent | undefined,
    signal: AbortSignal | undefined,
    transfer: Transferable[] = [],
  ): Promise<Result> {
    const cancelled = () => new ConvergeError('cancelled', 'Stopped.')
    if (signal?.aborted) return Promise.reject(cancelled())
    lastId += 1
    const id = lastId
    const cancel = () => currentWorker().postMessage({ type: 'cancel', id } satisfies ClientMessage)
    return new Promise<Result>((resolve, reject) => {
      pending.set(id, {
        onEvent,
        reject,
        settle(message) {
          if (message.type === 'failed') reject(fromPlainError(message.error))
          else if (message.type === 'cancelled') reject(cancelled())
          else {
            const result = toResult(message)
            if (result === undefined) return false
            resolve(result)
          }
          return true
        },
      })
      signal?.addEventListener('abort', cancel, { once: true })
      currentWorker().postMessage(toMessage(id), transfer)
    }).finally(() => signal?.removeEventListener('abort', cancel))
  }

  function live(wanted: Omit<LiveRequest, 'type' | 'id'>, onEvent: OnEvent, signal?: AbortSignal): LiveCall {
    const finished = call(
      (id) => ({ ...wanted, type: 'live', id }),
      (message) => (message.type === 'understood' ? message.result : undefined),
      onEvent,
      signal,
    )
    const id = lastId
    // A worker that died knows nothing of this call: `finished` has said so.
    const tell = (message: ClientMessage, transfer: Transferable[]) => {
      if (pending.has(id)) currentWorker().postMessage(message, transfer)
    }
    return {
      finished,
      push: (samples) => tell({ type: 'live-samples', id, samples }, [samples.buffer]),
      end: () => tell({ type: 'live-end', id }, []),
    }
  }

  type Task = Exclude<ClientMessage, { type: 'load' | 'cancel' | 'live' | 'live-samples' | 'live-end' }>

  function ask<Request extends Task, Result>(
    type: Request['type'],
    toResult: (message: WorkerMessage) => Result | undefined,
  ): Ask<Request, Result> {
    return (request, onEvent, signal) => {
      const moved =
        'samples' in request && request.samples instanceof Float32Array ? [request.samples.buffer] : []
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a request is its call, its type and its id
      return call((id) => ({ ...request, type, id }) as unknown as Task, toResult, onEvent, signal, moved)
    }
  }

  return {
    load(wanted, onEvent, signal) {
      const request = { ...wanted, modelsUrl: ports.modelsUrl }
      return call(
        (id) => ({ ...request, type: 'load', id }),
        (message) => (message.type === 'loaded' ? message.report : undefined),
        onEvent,
        signal,
      ).then((report) => {
        loaded = request
        return report
      })
    },
    onEngineChanged(listener) {
      engineListeners.add(listener)
      return () => engineListeners.delete(listener)
    },
    speak: ask('speak', (message) => (message.type === 'spoken' ? message.result : undefined)),
    listen: ask('listen', (message) => (message.type === 'understood' ? message.result : undefined)),
    encode: ask('encode', (message) => (message.type === 'encoded' ? message.result : undefined)),
    decode: ask('decode', (message) => (message.type === 'decoded' ? message.samples : undefined)),
    plan: ask('plan', (message) => (message.type === 'plan-made' ? message.plan : undefined)),
    readWord: ask('read-word', (message) => (message.type === 'word-read' ? message.readings : undefined)),
    grid: ask('grid', (message) => (message.type === 'grid-drawn' ? message.takes : undefined)),
    sound: ask('sound', (message) => (message.type === 'sounded' ? message.sound : undefined)),
    chances: ask('chances', (message) => (message.type === 'chances-told' ? message.steps : undefined)),
    branch: ask('branch', (message) => (message.type === 'branched' ? message.drawn : undefined)),
    alternative: ask('alternative', (message) =>
      message.type === 'alternative-heard' ? message : undefined,
    ),
    roundTrip: ask('round-trip', (message) =>
      message.type === 'round-tripped' ? message.result : undefined,
    ),
    average: ask('average', (message) => (message.type === 'averaged' ? message.result : undefined)),
    digits: ask('digits', (message) => (message.type === 'digits-told' ? message.digits : undefined)),
    measure: ask('measure', (message) => (message.type === 'measured' ? message.result : undefined)),
    live,
    dispose: () => stopWorker(new ConvergeError('worker-stopped', 'The page let go of the speech worker.')),
  }
}
