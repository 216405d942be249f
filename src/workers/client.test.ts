/**
 * The client against a worker that only keeps what it is sent: what a call becomes, how it ends, and what happens when
 * the worker dies. The real worker is behind the end-to-end tests.
 */
import { describe, expect, it, vi } from 'vitest'
import { ConvergeError } from '../speech/errors'
import { createSpeechClient, type EngineChange } from './client'
import type { ClientMessage, EngineReport, SpeakResult, WorkerMessage } from './protocol'

/** The two directions of a worker, in the test's hands. What is transferred is gone at the other end. */
class HeldWorker extends EventTarget {
  readonly received: ClientMessage[] = []
  isTerminated = false
  postMessage(message: ClientMessage, transfer: Transferable[] = []) {
    this.received.push(structuredClone(message, { transfer }))
  }
  terminate() {
    this.isTerminated = true
  }
  answer(message: WorkerMessage, transfer: Transferable[] = []) {
    const data = structuredClone(message, { transfer })
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
  die() {
    this.dispatchEvent(new Event('error'))
  }
}

function createHarness() {
  const workers: HeldWorker[] = []
  const client = createSpeechClient({
    modelsUrl: 'http://models.test/',
    startWorker() {
      const worker = new HeldWorker()
      workers.push(worker)
      return worker as unknown as Worker
    },
  })
  return { client, workers }
}

const report = { engine: 'ort' } as EngineReport
const speakCall = {
  text: 'Hi.',
  voice: { name: 'af_heart' },
  temperature: 0.7,
  cuts: { topK: 0, topP: 1, minP: 0 },
  seed: 1,
}
const decodeCall = { units: [1, 2], voice: { name: 'af_heart' }, seed: 1 }

describe('the speech client', () => {
  it('gives each call its id, its events and its end', async () => {
    const { client, workers } = createHarness()
    const events: string[] = []
    const loading = client.load({ tokenizer: 'whisper', engine: 'auto' }, (message) =>
      events.push(message.type),
    )
    const decoding = client.decode(decodeCall)
    const [worker] = workers
    expect(worker.received.map(({ id }) => id)).toEqual([1, 2])
    worker.answer({ type: 'progress', id: 1, stage: 'download', done: 1, total: 2, unit: 'bytes' })
    worker.answer({ type: 'decoded', id: 2, samples: new Float32Array([0.5]) })
    worker.answer({ type: 'loaded', id: 1, report })
    expect(await loading).toEqual(report)
    expect(await decoding).toEqual(new Float32Array([0.5]))
    expect(events).toEqual(['progress'])
  })

  it('fails a load whose address is refused, and is there before anything is loaded', async () => {
    const refused = new ConvergeError('model-incompatible', 'Models can only come from this site.', {})
    const client = createSpeechClient({
      get modelsUrl(): string {
        throw refused
      },
      startWorker: () => new HeldWorker() as unknown as Worker,
    })
    await expect(client.load({ tokenizer: 'whisper', engine: 'auto' })).rejects.toBe(refused)
  })

  it('stops by signal, before and while it runs; what the worker still says is nobody’s', async () => {
    const { client, workers } = createHarness()
    await expect(client.decode(decodeCall, undefined, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(workers).toHaveLength(0)
    const stop = new AbortController()
    const events: WorkerMessage[] = []
    const speaking = client.speak(speakCall, (message) => events.push(message), stop.signal)
    const [worker] = workers
    const samples = new Float32Array(4)
    worker.answer({ type: 'audio', id: 1, samples }, [samples.buffer])
    stop.abort()
    await expect(speaking).rejects.toMatchObject({ code: 'cancelled' })
    expect(worker.received[1]).toEqual({ type: 'cancel', id: 1 })
    worker.answer({ type: 'audio', id: 1, samples: new Float32Array(4) })
    worker.answer({ type: 'spoken', id: 1, result: {} as SpeakResult })
    worker.answer({ type: 'cancelled', id: 1 })
    expect(events.map((message) => message.type === 'audio' && message.samples.length)).toEqual([4])
    const next = client.decode(decodeCall)
    worker.answer({ type: 'decoded', id: 2, samples: new Float32Array(1) })
    expect(await next).toHaveLength(1)
  })

  it('hands samples over; a call that can’t be sent fails alone', async () => {
    const { client, workers } = createHarness()
    const samples = new Float32Array(8)
    const call = { samples, sampleRateHz: 8000 }
    const finding = client.voice(call)
    expect(samples).toHaveLength(0)
    expect(workers[0].received).toMatchObject([{ type: 'voice', samples: new Float32Array(8) }])
    await expect(client.voice(call)).rejects.toThrow(/clone/)
    workers[0].answer({ type: 'voice-made', id: 1, voice: [1] })
    expect(await finding).toEqual([1])
  })

  it('starts a new worker after one has died, told of nothing but the call', async () => {
    const { client, workers } = createHarness()
    const loading = client.load({ tokenizer: 'mel', engine: 'wasm' })
    workers[0].answer({ type: 'loaded', id: 1, report })
    await loading
    const stop = new AbortController()
    const lost = client.decode(decodeCall, undefined, stop.signal)
    const died = vi.fn<() => void>()
    client.onDied(died)
    workers[0].die()
    expect(died).toHaveBeenCalledOnce()
    await expect(lost).rejects.toMatchObject({ code: 'worker-stopped' })
    expect(workers[0].isTerminated).toBe(true)
    stop.abort()
    expect(workers).toHaveLength(1)
    const again = client.decode(decodeCall)
    workers[0].die()
    expect(workers[1].received).toMatchObject([{ type: 'decode', units: [1, 2] }])
    workers[1].answer({ type: 'decoded', id: workers[1].received[0].id, samples: new Float32Array(1) })
    expect(await again).toHaveLength(1)
  })

  it('is let go for good', async () => {
    const { client, workers } = createHarness()
    const stop = new AbortController()
    const decoding = client.decode(decodeCall, undefined, stop.signal)
    client.dispose()
    await expect(decoding).rejects.toMatchObject({ code: 'worker-stopped' })
    stop.abort()
    await expect(client.decode(decodeCall)).rejects.toMatchObject({ code: 'worker-stopped' })
    expect(workers).toHaveLength(1)
  })

  it('tells of a change of engine, which no call waits for', async () => {
    const { client, workers } = createHarness()
    const loading = client.load({ tokenizer: 'mel', engine: 'auto' })
    workers[0].answer({ type: 'loaded', id: 1, report })
    await loading
    const changes: EngineChange[] = []
    const stop = client.onEngineChanged((change) => changes.push(change))
    const inUse = { engine: 'wgsl', reason: 'It is faster.', rejected: [], networksReason: '' } as const
    workers[0].answer({ type: 'engine-changed', id: 1, inUse, notice: 'It changed.' })
    stop()
    workers[0].answer({ type: 'engine-changed', id: 1, inUse })
    expect(changes).toEqual([{ inUse, notice: 'It changed.' }])
  })

  it('brings a failure across with its code and facts', async () => {
    const { client, workers } = createHarness()
    const decoding = client.decode(decodeCall)
    workers[0].answer({
      type: 'failed',
      id: 1,
      error: { code: 'voice-unknown', message: 'No.', facts: { found: 'x' } },
    })
    await expect(decoding).rejects.toMatchObject({ code: 'voice-unknown', facts: { found: 'x' } })
  })
})
