/** Owns: the bench's worker: one task in, its figures out. One thread, one ONNX Runtime for our networks and the peers'. */
import { measureEngines } from './engines'
import { openBenchLadder } from './open'
import { measurePeers } from './peers'
import type { BenchTask, WorkerReply } from './tasks'

const post = (reply: WorkerReply) => self.postMessage(reply)
const progress = (text: string) => post({ type: 'progress', text })

async function measure(task: BenchTask) {
  const opened = await openBenchLadder()
  switch (task.name) {
    case 'engines':
      return measureEngines(opened, task, progress)
    case 'peers':
      return measurePeers(opened.ladder, task, progress)
  }
}

self.addEventListener('message', ({ data }: MessageEvent<BenchTask>) => {
  measure(data).then(
    (result) => post({ type: 'done', result }),
    (error: unknown) =>
      post({ type: 'failed', message: error instanceof Error ? String(error.stack) : String(error) }),
  )
})
