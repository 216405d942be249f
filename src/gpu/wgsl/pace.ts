/**
 * Owns: how much work is on its way at once. Systems kill a device whose queue does not empty for seconds, and a person
 * who stops waits for what is queued: so at most two submits of about 50 ms each are under way.
 */
import type { DeviceGuard } from './device-guard'

const SUBMIT_MS = 50
const MOST_UNDER_WAY = 2
/** Part of a new measurement in the running mean. */
const NEWS = 0.5

export interface Pace {
  /** Passes for the next submit, at most `wanted`. */
  passes(wanted: number): number
  /** Waits until there is room for a submit. @throws as the guard's `wait` */
  room(): Promise<void>
  /** Submits at once; `room` was waited for. */
  submit(commands: GPUCommandBuffer, passes: number): void
}

export function createPace(guard: DeviceGuard): Pace {
  const { queue } = guard.device
  const underWay: Promise<void>[] = []
  /** Unknown until the first work is done: then one pass at a time. */
  let msPerPass = SUBMIT_MS
  let lastDoneMs = 0
  return {
    passes: (wanted) => Math.max(1, Math.min(wanted, Math.floor(SUBMIT_MS / msPerPass))),
    async room() {
      while (underWay.length >= MOST_UNDER_WAY) await guard.wait(underWay[0])
    },
    submit(commands, passes) {
      const startMs = performance.now()
      queue.submit([commands])
      const done = queue.onSubmittedWorkDone().then(() => {
        const now = performance.now()
        const measured = (now - Math.max(startMs, lastDoneMs)) / passes
        msPerPass += (measured - msPerPass) * NEWS
        lastDoneMs = now
      })
      const settled = done
        .catch(() => undefined)
        .then(() => void underWay.splice(underWay.indexOf(settled), 1))
      underWay.push(settled)
    },
  }
}
