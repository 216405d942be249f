/**
 * Owns: what can happen to a device while we wait for it: it is lost, it refuses our commands, it has no memory left;
 * and Firefox, which looks at finished work only every 100 ms unless it is given something to do.
 */
import { ConvergeError } from '../../speech/errors'

/** Firefox polls its queue when something is submitted; 1 ms brings a read-back from about 100 ms to 1.4 ms. */
const WAKE_INTERVAL_MS = 1
const needsWaking = typeof navigator !== 'undefined' && navigator.userAgent.includes('Firefox')

export interface DeviceGuard {
  readonly device: GPUDevice
  /** Waits for the device. @throws ConvergeError `engine-failed` with `lost: true` where it is lost meanwhile */
  wait<T>(work: Promise<T>): Promise<T>
  /**
   * Gives the device commands, all at once: what comes after an await is out of its sight. What they make is there at
   * once, on a lost device too, where it does nothing; `taken` rejects as `attempt` does.
   */
  begin<T>(commands: () => T): { readonly made: T; readonly taken: Promise<void> }
  /** As `begin`, waited for. @throws as `wait`; `engine-failed` where the device refuses the commands */
  attempt<T>(commands: () => T): Promise<T>
}

export function guardDevice(device: GPUDevice): DeviceGuard {
  let loss: ConvergeError | undefined
  const lost = device.lost.then(({ reason, message }): never => {
    loss = new ConvergeError('engine-failed', 'The graphics device was lost.', {
      lost: true,
      reason,
      detail: message,
    })
    throw loss
  })
  lost.catch(() => undefined)

  async function wait<T>(work: Promise<T>): Promise<T> {
    // Whichever of the two comes second must not be an unhandled rejection.
    work.catch(() => undefined)
    const waker = needsWaking ? setInterval(() => device.queue.submit([]), WAKE_INTERVAL_MS) : undefined
    try {
      return await Promise.race([work, lost])
    } catch (cause) {
      // A map that fails because of the loss may be told of it first.
      if (!(cause instanceof ConvergeError))
        await Promise.race([lost, new Promise((go) => setTimeout(go, 100))])
      throw loss ?? toFailure(cause)
    } finally {
      clearInterval(waker)
    }
  }

  /** Closes both scopes at once. @throws what they caught */
  async function closeScopes(): Promise<void> {
    const scopes = [device.popErrorScope(), device.popErrorScope()]
    for (const scope of scopes) scope.catch(() => undefined)
    for (const scope of scopes) {
      const error = await wait(scope)
      if (error) throw toFailure(error)
    }
  }

  function begin<T>(commands: () => T): { made: T; taken: Promise<void> } {
    device.pushErrorScope('validation')
    device.pushErrorScope('out-of-memory')
    let taken: Promise<void>
    let made: T
    try {
      made = commands()
    } finally {
      taken = closeScopes()
      taken.catch(() => undefined)
    }
    return { made, taken }
  }

  return {
    device,
    wait,
    begin,
    async attempt(commands) {
      if (loss) throw loss
      const { made, taken } = begin(commands)
      await taken
      return made
    },
  }
}

function toFailure(cause: unknown): ConvergeError {
  if (cause instanceof ConvergeError) return cause
  const detail = cause instanceof Error || cause instanceof GPUError ? cause.message : String(cause)
  const isMemory = cause instanceof GPUOutOfMemoryError
  const message = isMemory
    ? 'The graphics device has not enough memory.'
    : 'The graphics device refused a command.'
  return new ConvergeError('engine-failed', message, { outOfMemory: isMemory, detail }, { cause })
}
