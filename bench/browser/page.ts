/**
 * Owns: the bench's page: it hands a task to the worker and its result to whoever drives the browser. Everything measured
 * runs in the worker, as in the site.
 */
import type { BenchTask, WorkerReply } from './tasks'

declare global {
  var runBench: (task: BenchTask) => Promise<unknown>
}

globalThis.runBench = (task) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(`The worker does not start: ${message}`)),
    )
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
      if (data.type === 'progress') return console.log(data.text)
      worker.terminate()
      if (data.type === 'failed') reject(new Error(data.message))
      else resolve(data.result)
    })
    worker.postMessage(task)
  })
