/**
 * Owns: the microphone's samples between their arrival and the task that hears them: the task may still be waiting in the
 * queue, or be busy with an utterance, and nothing is lost meanwhile.
 */
import { joinSamples } from '../speech/4-wave/join'
import type { LiveNews } from './protocol'

export interface LiveInbox {
  /** All that came since the last call, as one; waits while there is nothing. Undefined after the end. */
  next(): Promise<Float32Array | undefined>
}

export interface LiveInboxes {
  /** The same inbox for the same id. */
  open(id: number): LiveInbox
  /** What comes for a call that is not open is dropped. */
  put(news: LiveNews): void
  /** Whoever waits is told that it is over. */
  close(id: number): void
}

export function createLiveInboxes(): LiveInboxes {
  const inboxes = new Map<number, ReturnType<typeof createInbox>>()
  return {
    open(id) {
      const inbox = inboxes.get(id) ?? createInbox()
      inboxes.set(id, inbox)
      return inbox
    },
    put(news) {
      const inbox = inboxes.get(news.id)
      if (news.type === 'live-end') inbox?.end()
      else inbox?.push(news.samples)
    },
    close(id) {
      inboxes.get(id)?.end()
      inboxes.delete(id)
    },
  }
}

function createInbox() {
  let blocks: Float32Array[] = []
  const state = { isEnded: false }
  let wake: (() => void) | undefined
  const tell = () => {
    wake?.()
    wake = undefined
  }
  return {
    push(samples: Float32Array) {
      blocks.push(samples)
      tell()
    },
    end() {
      state.isEnded = true
      tell()
    },
    async next(): Promise<Float32Array | undefined> {
      while (blocks.length === 0 && !state.isEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (blocks.length === 0) return undefined
      const joined = joinSamples(blocks)
      blocks = []
      return joined
    },
  }
}
