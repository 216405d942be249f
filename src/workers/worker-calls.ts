/**
 * Owns: calls to a worker that may die: requests with ids, their events, cancelling by AbortSignal. The worker starts with
 * the first call, and again with the first after its end; one call is one promise. Knows no request but `load` and `cancel`.
 */
import { ConvergeError, fromPlainError } from '../speech/errors'
import type { ClientMessage, LoadRequest, WorkerMessage } from './protocol'

/** A call's events: every message of its id that is not its last. */
export type OnEvent = (message: WorkerMessage) => void

export interface Call<Result> {
  readonly toMessage: (id: number) => ClientMessage
  /** undefined: the message is not the last. */
  readonly toResult: (message: WorkerMessage) => Result | undefined
  readonly onEvent: OnEvent | undefined
  readonly signal: AbortSignal | undefined
  readonly transfer?: Transferable[]
}

export interface WorkerCalls {
  call<Result>(call: Call<Result>): { readonly id: number; readonly finished: Promise<Result> }
  /** More of a call that goes on; nothing where it has ended, or the worker that knew of it has. */
  add(id: number, message: ClientMessage, transfer?: Transferable[]): void
  /** What a worker that starts anew is told first. */
  keepLoaded(request: Omit<LoadRequest, 'type' | 'id'>): void
  dispose(): void
}

interface Pending {
  readonly onEvent: OnEvent | undefined
  readonly settle: (message: WorkerMessage) => boolean
  readonly reject: (error: ConvergeError) => void
}

/** Ids count from 1. */
const NO_CALL = 0

const cancelled = () => new ConvergeError('cancelled', 'Stopped.')

/** What the calls need of their surroundings. */
export interface WorkerCallsPorts {
  readonly startWorker: () => Worker
  /** Takes a message that belongs to no call, and says whether it did. */
  readonly takes: (message: WorkerMessage) => boolean
  /** The worker ended by itself; the calls that it had are rejected after. */
  readonly died: () => void
}

export function createWorkerCalls({ startWorker, takes, died }: WorkerCallsPorts): WorkerCalls {
  let worker: Worker | undefined
  let lastId = 0
  let loaded: Omit<LoadRequest, 'type' | 'id'> | undefined
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
    worker = startWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (takes(data)) return
      const call = pending.get(data.id)
      if (!call) return
      if (call.settle(data)) pending.delete(data.id)
      else call.onEvent?.(data)
    })
    worker.addEventListener('error', (event) => {
      const detail = event.message || 'no detail given'
      died()
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

  function finish<Result>(id: number, { toMessage, toResult, onEvent, signal, transfer }: Call<Result>) {
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
      currentWorker().postMessage(toMessage(id), transfer ?? [])
    }).finally(() => signal?.removeEventListener('abort', cancel))
  }

  return {
    call(call) {
      if (call.signal?.aborted) return { id: NO_CALL, finished: Promise.reject(cancelled()) }
      lastId += 1
      const id = lastId
      return { id, finished: finish(id, call) }
    },
    add(id, message, transfer = []) {
      if (pending.has(id)) currentWorker().postMessage(message, transfer)
    },
    keepLoaded(request) {
      loaded = request
    },
    dispose: () => stopWorker(new ConvergeError('worker-stopped', 'The page let go of the speech worker.')),
  }
}
