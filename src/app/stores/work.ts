/**
 * Owns: one piece of work at a time: its signal, what it failed with, and its end. Work that is stopped, or that other work
 * takes the place of, has not failed. Knows no store.
 */
import { toPlainError, type PlainError } from '../../speech/errors'

export interface WorkPorts {
  readonly failed: (error: PlainError) => void
  /** Nothing goes on now. Not told of work that other work took the place of. */
  readonly ended: () => void
}

export interface Work {
  /** Something goes on that was not stopped. */
  readonly isBusy: () => boolean
  /** Stops what goes on. Resolves when the job is over, however it ended. */
  run(job: (signal: AbortSignal) => Promise<void>): Promise<void>
  stop(): void
}

export function createWork({ failed, ended }: WorkPorts): Work {
  let current: AbortController | undefined
  return {
    isBusy: () => current !== undefined && !current.signal.aborted,
    async run(job) {
      current?.abort()
      const mine = new AbortController()
      current = mine
      try {
        await job(mine.signal)
      } catch (thrown) {
        const error = toPlainError(thrown)
        if (error.code !== 'cancelled' && !mine.signal.aborted) failed(error)
      } finally {
        if (current === mine) {
          current = undefined
          ended()
        }
      }
    },
    stop: () => current?.abort(),
  }
}
