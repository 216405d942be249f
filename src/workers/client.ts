/**
 * Owns: the page's side of the speech worker: typed calls that become requests with ids, their events, cancelling by
 * AbortSignal, and a worker that is started again when it dies. One call is one promise. Knows no React.
 */
import { ConvergeError, fromPlainError } from '../speech/errors'
import type {
  ClientMessage,
  DecodeRequest,
  EncodeRequest,
  EncodeResult,
  EngineReport,
  ListenRequest,
  ListenResult,
  SpeakRequest,
  SpeakResult,
  TokenizerName,
  WorkerMessage,
} from './protocol'

/** A call's events: every message of its id that is not its last. */
export type OnEvent = (message: WorkerMessage) => void

type Call<Request extends { readonly type: string; readonly id: number }> = Omit<Request, 'type' | 'id'>

export interface SpeechClient {
  load(tokenizer: TokenizerName, onEvent?: OnEvent, signal?: AbortSignal): Promise<EngineReport>
  speak(call: Call<SpeakRequest>, onEvent?: OnEvent, signal?: AbortSignal): Promise<SpeakResult>
  /** `samples` are transferred away from the caller. */
  listen(call: Call<ListenRequest>, onEvent?: OnEvent, signal?: AbortSignal): Promise<ListenResult>
  encode(call: Call<EncodeRequest>, onEvent?: OnEvent, signal?: AbortSignal): Promise<EncodeResult>
  decode(
    call: Call<DecodeRequest>,
    onEvent?: OnEvent,
    signal?: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer>>
  dispose(): void
}

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
  let loaded: TokenizerName | undefined
  const pending = new Map<number, Pending>()

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
      const { modelsUrl } = ports
      worker.postMessage({ type: 'load', id: lastId, modelsUrl, tokenizer: loaded } satisfies ClientMessage)
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

  return {
    load: (tokenizer, onEvent, signal) =>
      call(
        (id) => ({ type: 'load', id, modelsUrl: ports.modelsUrl, tokenizer }),
        (message) => (message.type === 'loaded' ? message.report : undefined),
        onEvent,
        signal,
      ).then((report) => {
        loaded = tokenizer
        return report
      }),
    speak: (request, onEvent, signal) =>
      call(
        (id) => ({ ...request, type: 'speak', id }),
        (message) => (message.type === 'spoken' ? message.result : undefined),
        onEvent,
        signal,
      ),
    listen: (request, onEvent, signal) =>
      call(
        (id) => ({ ...request, type: 'listen', id }),
        (message) => (message.type === 'understood' ? message.result : undefined),
        onEvent,
        signal,
        [request.samples.buffer],
      ),
    encode: (request, onEvent, signal) =>
      call(
        (id) => ({ ...request, type: 'encode', id }),
        (message) => (message.type === 'encoded' ? message.result : undefined),
        onEvent,
        signal,
        [request.samples.buffer],
      ),
    decode: (request, onEvent, signal) =>
      call(
        (id) => ({ ...request, type: 'decode', id }),
        (message) => (message.type === 'decoded' ? message.samples : undefined),
        onEvent,
        signal,
      ),
    dispose: () => stopWorker(new ConvergeError('worker-stopped', 'The page let go of the speech worker.')),
  }
}
