/**
 * Owns: the page's side of the speech worker: everything it can be asked, as typed calls. Knows no React.
 */
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
  VoiceRequest,
  WordReading,
  WorkerMessage,
} from './protocol'
import { createWorkerCalls } from './worker-calls'

/** A call's events: every message of its id that is not its last. */
type OnEvent = (message: WorkerMessage) => void

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
  /** The worker died, and what it had loaded with it; the next call starts another. @returns how to stop listening */
  onDied(listener: () => void): () => void
  readonly speak: Ask<SpeakRequest, SpeakResult>
  readonly listen: Ask<ListenRequest, ListenResult>
  /** @returns the voice vector */
  readonly voice: Ask<VoiceRequest, readonly number[]>
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
  /** Absolute address of the folder with `manifest.json`, ending in a slash. Read at every load: it may refuse by throwing. */
  readonly modelsUrl: string
}

export function createSpeechClient(ports: ClientPorts): SpeechClient {
  const engineListeners = new Set<(change: EngineChange) => void>()
  const deathListeners = new Set<() => void>()
  const calls = createWorkerCalls<ClientMessage, WorkerMessage>({
    startWorker: ports.startWorker,
    title: 'The speech worker',
    toCancel: (id) => ({ type: 'cancel', id }),
    takes(message) {
      if (message.type !== 'engine-changed') return false
      const { type: _, id: __, ...change } = message
      for (const listener of engineListeners) listener(change)
      return true
    },
    died: () => deathListeners.forEach((listener) => listener()),
  })

  function live(wanted: Omit<LiveRequest, 'type' | 'id'>, onEvent: OnEvent, signal?: AbortSignal): LiveCall {
    const { id, finished } = calls.call({
      toMessage: (id) => ({ ...wanted, type: 'live', id }),
      toResult: (message) => (message.type === 'understood' ? message.result : undefined),
      onEvent,
      signal,
    })
    return {
      finished,
      push: (samples) => calls.add(id, { type: 'live-samples', id, samples }, [samples.buffer]),
      end: () => calls.add(id, { type: 'live-end', id }),
    }
  }

  type Task = Exclude<ClientMessage, { type: 'load' | 'cancel' | 'live' | 'live-samples' | 'live-end' }>

  function ask<Request extends Task, Result>(
    type: Request['type'],
    toResult: (message: WorkerMessage) => Result | undefined,
  ): Ask<Request, Result> {
    return (request, onEvent, signal) => {
      const transfer =
        'samples' in request && request.samples instanceof Float32Array ? [request.samples.buffer] : []
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a request is its call, its type and its id
      const toMessage = (id: number) => ({ ...request, type, id }) as unknown as Task
      return calls.call({ toMessage, toResult, onEvent, signal, transfer }).finished
    }
  }

  return {
    load: async (wanted, onEvent, signal) => {
      const { modelsUrl } = ports
      return calls.call({
        toMessage: (id) => ({ ...wanted, modelsUrl, type: 'load', id }),
        toResult: (message) => (message.type === 'loaded' ? message.report : undefined),
        onEvent,
        signal,
      }).finished
    },
    onEngineChanged(listener) {
      engineListeners.add(listener)
      return () => engineListeners.delete(listener)
    },
    onDied(listener) {
      deathListeners.add(listener)
      return () => deathListeners.delete(listener)
    },
    speak: ask('speak', (message) => (message.type === 'spoken' ? message.result : undefined)),
    listen: ask('listen', (message) => (message.type === 'understood' ? message.result : undefined)),
    voice: ask('voice', (message) => (message.type === 'voice-made' ? message.voice : undefined)),
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
    dispose: calls.dispose,
  }
}
