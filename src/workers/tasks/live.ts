/** Owns: the request `live`: the microphone heard while it is open; firm and supposed words posted as they come. */
import { listenLive } from '../../gpu/ladder/live'
import type { LiveInbox } from '../live-inbox'
import type { LiveRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runLive(
  { ladder, post, nowMs, pause }: TaskContext,
  { id, sampleRateHz, tokenizer }: LiveRequest,
  inbox: LiveInbox,
) {
  const startMs = nowMs()
  const source = {
    sampleRateHz,
    async next() {
      const samples = await inbox.next()
      // A cancelled call is stopped here.
      await pause()
      return samples
    },
  }
  const hearing = listenLive(ladder, source, tokenizer)
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) {
    post({ ...step.value, id })
    await pause()
  }
  post({ type: 'understood', id, result: { ...step.value, totalMs: nowMs() - startMs } })
}
