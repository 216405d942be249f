/**
 * Owns: one request after the other, in order, and cancelling: a waiting request leaves the queue, a running one is told
 * by its signal. Every request ends exactly once.
 */
export interface Job {
  readonly id: number
  /** Resolves when the request's last message is out, rejects with its error. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly onFailed: (error: unknown) => void
  readonly onCancelled: () => void
}

export interface Queue {
  add(job: Job): void
  cancel(id: number): void
  /** Resolves when nothing runs and nothing waits. */
  whenIdle(): Promise<void>
}

export function createQueue(): Queue {
  const waiting: Job[] = []
  let working: Promise<void> | undefined
  let running: { readonly id: number; readonly abort: AbortController } | undefined

  async function work(): Promise<void> {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const abort = new AbortController()
      running = { id: job.id, abort }
      try {
        await job.run(abort.signal)
      } catch (error) {
        if (abort.signal.aborted) job.onCancelled()
        else job.onFailed(error)
      }
    }
    running = undefined
    working = undefined
  }

  return {
    add(job) {
      waiting.push(job)
      // A job that adds another as it starts must not start a second line of work.
      if (!running) working = work()
    },
    cancel(id) {
      if (running?.id === id) running.abort.abort()
      const at = waiting.findIndex((job) => job.id === id)
      if (at >= 0) waiting.splice(at, 1)[0].onCancelled()
    },
    async whenIdle() {
      for (let work = working; work; work = working) await work
    },
  }
}
