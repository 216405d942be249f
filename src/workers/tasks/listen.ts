/** Owns: the request `listen`: a recording's units, phones and words, posted as they come. */
import { listen } from '../../gpu/ladder/listen'
import { DEFAULT_BEAM } from '../../gpu/ladder/search'
import type { ListenRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runListen(
  { ladder, post, nowMs, pause }: TaskContext,
  { id, tokenizer, closely, ...recording }: ListenRequest,
) {
  const startMs = nowMs()
  const hearing = listen(ladder, recording, tokenizer, closely ? 'close' : DEFAULT_BEAM)
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) {
    const event = step.value
    if (event.type !== 'heard') post({ ...event, id })
    else {
      const { doneFrames: done, totalFrames: total, phones } = event
      post({ type: 'heard', id, phones })
      post({ type: 'progress', id, stage: 'listen', done, total, unit: 'frames' })
    }
    await pause()
  }
  post({ type: 'understood', id, result: { ...step.value, totalMs: nowMs() - startMs } })
}
