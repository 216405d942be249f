/**
 * Owns: the speech worker's session: the ladder it loads and the queue the requests wait in. What each request does is in
 * `tasks/`. Its surroundings are ports, so that it runs in a test as it does in the worker.
 */
import type { ChosenLm } from '../gpu/ladder/choose-lm'
import type { ChosenNetworks } from '../gpu/ladder/faster-networks'
import { silenceUnit } from '../gpu/ladder/tokenize'
import { ConvergeError, toPlainError } from '../speech/errors'
import { loadModels, toInUse, type LoadedModels, type ModelsPorts } from './loaded-models'
import type { ClientMessage, LoadRequest } from './protocol'
import { createLiveInboxes } from './live-inbox'
import { createQueue } from './queue'
import { letMessagesIn } from './tasks/context'
import { runLive } from './tasks/live'
import { runTask } from './tasks/run-task'

export interface SessionPorts extends ModelsPorts {
  readonly nowMs: () => number
}

type Work = Exclude<ClientMessage, { type: 'cancel' | 'live-samples' | 'live-end' }>
type Change = Partial<ChosenLm & ChosenNetworks> & { readonly notice?: string }

export function createWorkerSession(ports: SessionPorts): { receive(message: ClientMessage): void } {
  const { post, nowMs } = ports
  const queue = createQueue()
  const inboxes = createLiveInboxes()
  let current: LoadedModels | undefined

  function loaded(): LoadedModels {
    if (current) return current
    throw new ConvergeError('model-missing', 'The models are not loaded yet. Load them first.')
  }

  async function load(request: LoadRequest, signal: AbortSignal): Promise<void> {
    const { id, tokenizer, engine = 'auto' } = request
    const startMs = nowMs()
    if (current?.are(request)) {
      const { ladder } = current
      // What opens a tokenizer is its first use.
      const open = async () => void (await silenceUnit(ladder, tokenizer))
      await current.withTokenizer(tokenizer, { id, signal }, open)
      post({ type: 'loaded', id, report: current.toReport(nowMs() - startMs) })
      return
    }
    const models = await loadModels(request, signal, ports, tellChange)
    const before = current
    current = models
    await before?.ladder.dispose()
    post({ type: 'loaded', id, report: models.toReport(nowMs() - startMs) })
    if (engine === 'auto') void lookAgain(models)
  }

  /** Whoever asks for something meanwhile goes first. */
  async function lookAgain(mine: LoadedModels): Promise<void> {
    const before = mine.ladder
    const pause = async (): Promise<void> => {
      await letMessagesIn(NEVER)
      await queue.whenIdle()
      if (current !== mine) throw new ConvergeError('cancelled', 'Other models were loaded.')
    }
    try {
      if (ports.webGpu) {
        const found = await before.findFasterLm(pause)
        if (current === mine) tellChange(mine, found)
      }
      if (ports.networksPort) {
        const found = await before.findFasterNetworks(pause)
        if (current === mine) tellChange(mine, found)
      }
    } catch (error) {
      if (current === mine) throw error
    }
  }

  function tellChange(mine: LoadedModels, { notice, ...change }: Change): void {
    mine.ladder = { ...mine.ladder, ...change }
    post({ type: 'engine-changed', id: mine.id, inUse: toInUse(mine.ladder), ...(notice && { notice }) })
  }

  const toWork = (message: Work) => async (signal: AbortSignal) => {
    if (message.type === 'load') return load(message, signal)
    const models = loaded()
    const context = { ladder: models.ladder, post, nowMs, pause: () => letMessagesIn(signal) }
    const { id } = message
    const run = async () => {
      if (message.type !== 'live') await runTask(context, message)
      else await runLive(context, message, inboxes.open(id)).finally(() => inboxes.close(id))
    }
    return 'tokenizer' in message ? models.withTokenizer(message.tokenizer, { id, signal }, run) : run()
  }

  return {
    receive(message) {
      if (message.type === 'cancel') {
        queue.cancel(message.id)
        inboxes.close(message.id)
        return
      }
      if (message.type === 'live-samples' || message.type === 'live-end') {
        inboxes.put(message)
        return
      }
      if (message.type === 'live') inboxes.open(message.id)
      const { id } = message
      queue.add({
        id,
        run: toWork(message),
        onFailed: (error) => post({ type: 'failed', id, error: toPlainError(error) }),
        onCancelled: () => post({ type: 'cancelled', id }),
      })
    },
  }
}

const NEVER = new AbortController().signal
