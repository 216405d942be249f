/**
 * Owns: calls to a worker that may die: requests with ids, their events, stopping by AbortSignal. The worker starts with the
 * first call, and again with the first after its end; one call is one promise. A stopped call is over at once: what the
 * worker still says about it is nobody's. Knows no request.
 */
import { ConvergeError, fromPlainError, type PlainError } from '../speech/errors'

/** What a worker says: about the call with that id. One that has failed says so in `error`. */
interface Answer {
  readonly type: string
  readonly id: number
  readonly error?: PlainError
}

export interface Call<Request, Message, Result> {
  readonly toMessage: (id: number) => Request
  /** undefined: the message is not the last. */
  readonly toResult: (message: Message) => Result | undefined
  /** Told of every message that is not the last. */
  readonly onEvent?: ((message: Message) => void) | undefined
  readonly signal?: AbortSignal | undefined
  readonly transfer?: Transferable[]
}

export interface WorkerCalls<Request, Message> {
  call<Result>(call: Call<Request, Message, Result>): {
    readonly id: number
    readonly finished: Promise<Result>
  }
  /** More of a call that goes on; nothing where it has ended, or the worker that knew of it has. */
  add(id: number, message: Request, transfer?: Transferable[]): void
  /** What wants no answer; nothing where no worker runs. */
  tell(message: Request): void
  /** For good: no worker starts any more. */
  dispose(): void
}

/** What the calls need of their surroundings. */
export interface WorkerCallsPorts<Request, Message> {
  readonly startWorker: () => Worker
  /** As it begins a sentence: “The speech worker”. */
  readonly title: string
  /** Tells the worker that a call is stopped; absent where it can't be told. */
  readonly toCancel?: (id: number) => Request
  /** Takes a message that belongs to no call, and says whether it did. */
  readonly takes?: (message: Message) => boolean
  /** The worker ended by itself; the calls that it had are rejected after. */
  readonly died?: () => void
}

interface Pending<Message> {
  /** @returns whether the message was the call's last */
  readonly settle: (message: Message) => boolean
  readonly reject: (error: ConvergeError) => void
}

/** Ids count from 1. */
const NO_CALL = 0

const cancelled = () => new ConvergeError('cancelled', 'Stopped.')

export function createWorkerCalls<Request, Message extends Answer>(
  ports: WorkerCallsPorts<Request, Message>,
): WorkerCalls<Request, Message> {
  const { startWorker, title, toCancel } = ports
  let worker: Worker | undefined
  let isDisposed = false
  let lastId = 0
  const pending = new Map<number, Pending<Message>>()

  function stopWorker(error: ConvergeError): void {
    worker?.terminate()
    worker = undefined
    const calls = [...pending.values()]
    pending.clear()
    for (const call of calls) call.reject(error)
  }

  function currentWorker(): Worker {
    if (worker) return worker
    const started = startWorker()
    worker = started
    started.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (ports.takes?.(data)) return
      if (pending.get(data.id)?.settle(data)) pending.delete(data.id)
    })
    started.addEventListener('error', (event) => {
      if (worker !== started) return
      const detail = event.message || 'no detail given'
      ports.died?.()
      stopWorker(
        new ConvergeError(
          'worker-stopped',
          `${title} stopped (${detail}). Your input is kept: try again and it starts anew.`,
          { detail },
        ),
      )
    })
    return started
  }

  function finish<Result>(id: number, call: Call<Request, Message, Result>): Promise<Result> {
    const { toMessage, toResult, onEvent, signal, transfer = [] } = call
    let stop = (): void => undefined
    return new Promise<Result>((resolve, reject) => {
      // Where the message can't be sent, nothing waits for an answer.
      currentWorker().postMessage(toMessage(id), transfer)
      pending.set(id, {
        reject,
        settle(message) {
          if (message.error) reject(fromPlainError(message.error))
          else if (message.type === 'cancelled') reject(cancelled())
          else {
            const result = toResult(message)
            if (result === undefined) {
              onEvent?.(message)
              return false
            }
            resolve(result)
          }
          return true
        },
      })
      stop = () => {
        pending.delete(id)
        if (toCancel) worker?.postMessage(toCancel(id))
        reject(cancelled())
      }
      signal?.addEventListener('abort', stop, { once: true })
    }).finally(() => signal?.removeEventListener('abort', stop))
  }

  return {
    call(call) {
      const refusal = isDisposed ? letGo(title) : call.signal?.aborted ? cancelled() : undefined
      if (refusal) return { id: NO_CALL, finished: Promise.reject(refusal) }
      lastId += 1
      return { id: lastId, finished: finish(lastId, call) }
    },
    add(id, message, transfer = []) {
      if (pending.has(id)) worker?.postMessage(message, transfer)
    },
    tell: (message) => worker?.postMessage(message),
    dispose() {
      isDisposed = true
      stopWorker(letGo(title))
    },
  }
}

const letGo = (title: string) => new ConvergeError('worker-stopped', `${title} was let go by the page.`)
