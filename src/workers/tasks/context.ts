/** Owns: what a task of the worker is given, and how it lets waiting messages in. */
import type { Ladder } from '../../gpu/ladder/load'
import type { WorkerMessage } from '../protocol'

export interface TaskContext {
  readonly ladder: Ladder
  readonly post: (message: WorkerMessage, transfer?: Transferable[]) => void
  readonly nowMs: () => number
  /** Lets waiting messages in (a cancel may be among them), then goes on or stops. @throws the signal's reason */
  readonly pause: () => Promise<void>
}

export async function letMessagesIn(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(undefined)
  })
  signal.throwIfAborted()
}
