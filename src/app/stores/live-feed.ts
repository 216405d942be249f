/**
 * Owns: the microphone's samples until there is somebody who hears them: the models may still be loading when a person
 * speaks. What came before is handed over first; nothing is lost or out of order.
 */
import type { LiveCall } from '../../workers/client'
import type { ListenResult } from '../../workers/protocol'

export interface LiveFeed {
  push(this: void, samples: Float32Array<ArrayBuffer>): void
  end(): void
  join(call: LiveCall): Promise<ListenResult>
}

export function createLiveFeed(): LiveFeed {
  const early: Float32Array<ArrayBuffer>[] = []
  let joined: LiveCall | undefined
  let isEnded = false
  return {
    push(samples) {
      if (joined) joined.push(samples)
      else early.push(samples)
    },
    end() {
      isEnded = true
      joined?.end()
    },
    join(call) {
      joined = call
      for (const samples of early.splice(0)) call.push(samples)
      if (isEnded) call.end()
      return call.finished
    },
  }
}
