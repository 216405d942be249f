/**
 * Owns: the part of the bench that runs inside the page: it loads the built speech worker again and again, then says and
 * listens, in the page's own protocol. Handed to the browser as one function, so it may use nothing from outside itself but types.
 */
import type { ClientMessage, WorkerMessage } from '../src/workers/protocol'

export interface PageFigures {
  readonly engine: string
  readonly threads: number
  readonly coldLoadMs: number
  readonly warmLoadMs: number
  readonly downloadedBytes: number
  readonly firstSampleMs: number
  readonly sayRealTimeFactor: number
  readonly listenRealTimeFactor: number
  /** Of listening, until the last phone was heard; words are searched after. */
  readonly phonesRealTimeFactor: number
}

export interface PageTask {
  readonly workerUrl: string
  readonly sentences: readonly string[]
  readonly clips: readonly { readonly samples: readonly number[]; readonly sampleRateHz: number }[]
  readonly runs: number
}

export async function runInPage({ workerUrl, sentences, clips, runs }: PageTask): Promise<PageFigures> {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  const modelsUrl = new URL('/models/', location.href).href

  function start() {
    const worker = new Worker(workerUrl, { type: 'module' })
    let lastId = 0
    /** The last message of a request, of the type wanted; those before it are news. */
    function ask<Type extends WorkerMessage['type']>(
      toMessage: (id: number) => ClientMessage,
      type: Type,
      onNews?: (message: WorkerMessage) => void,
    ): Promise<Extract<WorkerMessage, { type: Type }>> {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        function settle({ data }: MessageEvent<WorkerMessage>) {
          if (data.id !== id) return
          if (data.type !== type && data.type !== 'failed') return onNews?.(data)
          worker.removeEventListener('message', settle)
          if (data.type === 'failed') reject(new Error(data.error.message))
          else resolve(data as Extract<WorkerMessage, { type: Type }>)
        }
        worker.addEventListener('message', settle)
        worker.postMessage(toMessage(id))
      })
    }
    const load = () => ask((id) => ({ type: 'load', id, modelsUrl, tokenizer: 'whisper' }), 'loaded')
    return { worker, ask, load }
  }

  const cold: number[] = []
  const warm: number[] = []
  let downloadedBytes = 0
  for (let run = 0; run < runs; run++) {
    for (const name of await caches.keys()) await caches.delete(name)
    for (const times of [cold, warm]) {
      const { worker, load } = start()
      const { report } = await load()
      times.push(report.loadMs)
      downloadedBytes = Math.max(downloadedBytes, report.downloadedBytes)
      worker.terminate()
    }
  }

  const { ask, load } = start()
  const { report } = await load()

  async function hear({ samples, sampleRateHz }: PageTask['clips'][number]) {
    const recording = { samples: Float32Array.from(samples), sampleRateHz }
    let phonesMs = 0
    let startMs = performance.now()
    let phonesEndMs = startMs
    // A recording is heard stretch by stretch: its units, its phones, then its words, which are searched for.
    function followStretch(news: WorkerMessage): void {
      const nowMs = performance.now()
      if (news.type === 'tokenized' || (news.type === 'heard' && news.phones.length > 0)) phonesEndMs = nowMs
      if (news.type !== 'worded') return
      phonesMs += phonesEndMs - startMs
      startMs = nowMs
    }
    const { result } = await ask(
      (id) => ({ type: 'listen', id, ...recording, tokenizer: 'whisper' }),
      'understood',
      followStretch,
    )
    return { phonesMs, ms: result.totalMs, seconds: result.seconds }
  }

  const firstSampleMs: number[] = []
  const say: number[] = []
  const listen: number[] = []
  const phones: number[] = []
  // The first pass warms up and is not counted.
  for (let run = 0; run <= runs; run++) {
    let spokenMs = 0
    let spokenSeconds = 0
    let heardMs = 0
    let phonesMs = 0
    let heardSeconds = 0
    const first: number[] = []
    for (const text of sentences) {
      const { result } = await ask(
        (id) => ({
          type: 'speak',
          id,
          text,
          voice: { name: 'af_heart' },
          temperature: 0.7,
          cuts: { topK: 0, topP: 1, minP: 0 },
          seed: run,
        }),
        'spoken',
      )
      spokenMs += result.totalMs
      spokenSeconds += result.seconds
      first.push(result.firstSampleMs)
    }
    for (const clip of clips) {
      const heard = await hear(clip)
      heardMs += heard.ms
      phonesMs += heard.phonesMs
      heardSeconds += heard.seconds
    }
    if (run === 0) continue
    firstSampleMs.push(median(first))
    say.push(spokenMs / 1000 / spokenSeconds)
    listen.push(heardMs / 1000 / heardSeconds)
    phones.push(phonesMs / 1000 / heardSeconds)
  }
  return {
    engine: report.engine,
    threads: report.threads,
    coldLoadMs: median(cold),
    warmLoadMs: median(warm),
    downloadedBytes,
    firstSampleMs: median(firstSampleMs),
    sayRealTimeFactor: median(say),
    listenRealTimeFactor: median(listen),
    phonesRealTimeFactor: median(phones),
  }
}
