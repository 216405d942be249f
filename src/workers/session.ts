/**
 * Owns: what the speech worker does with each request: the ladder it loads, the queue the requests wait in, and the
 * messages their events become. Its surroundings are ports, so that it runs in a test as it does in the worker.
 */
import { listen } from '../gpu/ladder/listen'
import { loadLadder, neededFiles, type Ladder } from '../gpu/ladder/load'
import { phonesToPlan, textToPlan } from '../gpu/ladder/plan'
import { speak } from '../gpu/ladder/speak'
import { recordingToStretches, stretchToUnits, stretchToVoice } from '../gpu/ladder/tokenize'
import { unitsToWave } from '../gpu/ladder/vocode'
import { chooseVoice } from '../gpu/ladder/voice'
import type { RuntimeOptions } from '../gpu/ort/runtime'
import { ConvergeError, toPlainError } from '../speech/errors'
import { parseManifest } from '../speech/manifest'
import { createModelStore, type ModelStore, type ModelStorePorts } from './model-store'
import type {
  ClientMessage,
  DecodeRequest,
  EncodeRequest,
  EngineReport,
  ListenRequest,
  SpeakRequest,
  WorkerMessage,
} from './protocol'
import { createQueue } from './queue'

export interface SessionPorts extends Omit<ModelStorePorts, 'onBytes'> {
  readonly post: (message: WorkerMessage, transfer?: Transferable[]) => void
  readonly nowMs: () => number
  readonly runtime: RuntimeOptions
  /** The bytes of the language model's kernels. */
  readonly readLmWasm: () => Promise<BufferSource>
}

type LoadMessage = Extract<ClientMessage, { type: 'load' }>

export function createWorkerSession(ports: SessionPorts): { receive(message: ClientMessage): void } {
  const { post } = ports
  const queue = createQueue()
  let ladder: Ladder | undefined

  function loaded(): Ladder {
    if (ladder) return ladder
    throw new ConvergeError('model-missing', 'The models are not loaded yet. Load them first.')
  }

  async function load({ id, modelsUrl, tokenizer }: LoadMessage, signal: AbortSignal): Promise<void> {
    const startMs = ports.nowMs()
    const fetchAborting: typeof fetch = (input, init) => ports.fetch(input, { ...init, signal })
    const bytes = new Map<string, number>()
    let totalBytes = 0
    const store = createModelStore(modelsUrl, {
      ...ports,
      fetch: fetchAborting,
      onBytes(name, doneBytes) {
        bytes.set(name, doneBytes)
        const done = [...bytes.values()].reduce((sum, count) => sum + count, 0)
        post({ type: 'progress', id, stage: 'download', done, total: totalBytes, unit: 'bytes' })
      },
    })
    const options = {
      tokenizers: [tokenizer],
      runtime: ports.runtime,
      engine: 'auto',
      lmWeights: 'int8',
      readLmWasm: ports.readLmWasm,
    } as const
    const json = await store.readManifest()
    const { files } = parseManifest(json)
    bytes.clear()
    totalBytes = neededFiles(options).reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0)
    const loading = await loadLadder({ ...store, readManifest: async () => json }, options)
    signal.throwIfAborted()
    await ladder?.dispose()
    ladder = loading
    post({ type: 'loaded', id, report: toReport(loading, store, ports.nowMs() - startMs) })
  }

  function toReport({ manifest, lm, lmReason }: Ladder, store: ModelStore, loadMs: number): EngineReport {
    return {
      engine: lm.name,
      reason: lmReason,
      threads: ports.runtime.threads,
      loadMs,
      ...store.totals,
      sampleRateHz: manifest.sampleRateHz,
      samplesPerFrame: manifest.samplesPerFrame,
      frameRateHz: manifest.frameRateHz,
      voices: Object.entries(manifest.voices).map(([name, { description }]) => ({ name, description })),
    }
  }

  async function runSpeak(request: SpeakRequest, signal: AbortSignal): Promise<void> {
    const { id, text, phones, temperature, topP, seed } = request
    const startMs = ports.nowMs()
    const machine = loaded()
    const voice = chooseVoice(machine, request.voice)
    const plan = phones ? phonesToPlan(machine, phones) : await textToPlan(machine, text)
    const allPhones = plan.utterances.flat()
    post({ type: 'planned', id, plan: { phones: allPhones, words: plan.words, skipped: plan.skipped } })
    const take = speak(machine, plan, { voice, sampling: { temperature, topP, topK: 0, minP: 0 }, seed })
    let firstSampleMs = 0
    let samplesSoFar = 0
    let step = await take.next()
    for (; !step.done; step = await take.next()) {
      const event = step.value
      if (event.type === 'audio') {
        if (samplesSoFar === 0) firstSampleMs = ports.nowMs() - startMs
        samplesSoFar += event.samples.length
        post({ ...event, id }, [event.samples.buffer])
      } else post({ ...event, id })
      await pause(signal)
    }
    const seconds = samplesSoFar / machine.manifest.sampleRateHz
    const totalMs = ports.nowMs() - startMs
    post({
      type: 'spoken',
      id,
      result: { ...step.value, phones: allPhones, seconds, firstSampleMs, totalMs },
    })
  }

  async function runListen(
    { id, tokenizer, ...recording }: ListenRequest,
    signal: AbortSignal,
  ): Promise<void> {
    const startMs = ports.nowMs()
    const hearing = listen(loaded(), recording, tokenizer)
    let step = await hearing.next()
    for (; !step.done; step = await hearing.next()) {
      const event = step.value
      if (event.type === 'tokenized') post({ ...event, id })
      else {
        const { doneFrames: done, totalFrames: total, phones } = event
        post({ type: 'heard', id, phones })
        post({ type: 'progress', id, stage: 'listen', done, total, unit: 'frames' })
      }
      await pause(signal)
    }
    post({ type: 'understood', id, result: { ...step.value, totalMs: ports.nowMs() - startMs } })
  }

  async function runEncode(
    { id, tokenizer, ...recording }: EncodeRequest,
    signal: AbortSignal,
  ): Promise<void> {
    const machine = loaded()
    const stretches = recordingToStretches(machine, recording)
    const units: number[] = []
    for (const stretch of stretches) {
      units.push(...(await stretchToUnits(machine, stretch, tokenizer)))
      await pause(signal)
    }
    const voice = await stretchToVoice(machine, stretches[0])
    post({ type: 'encoded', id, result: { units, voice: [...voice] } })
  }

  async function runDecode({ id, units, voice, seed }: DecodeRequest): Promise<void> {
    const machine = loaded()
    const samples = await unitsToWave(machine, units, chooseVoice(machine, voice), seed)
    post({ type: 'decoded', id, samples }, [samples.buffer])
  }

  function toWork(
    message: Exclude<ClientMessage, { type: 'cancel' }>,
  ): (signal: AbortSignal) => Promise<void> {
    switch (message.type) {
      case 'load':
        return (signal) => load(message, signal)
      case 'speak':
        return (signal) => runSpeak(message, signal)
      case 'listen':
        return (signal) => runListen(message, signal)
      case 'encode':
        return (signal) => runEncode(message, signal)
      case 'decode':
        return () => runDecode(message)
    }
  }

  return {
    receive(message) {
      if (message.type === 'cancel') {
        queue.cancel(message.id)
        return
      }
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

/** Lets waiting messages in (a cancel may be among them), then goes on or stops. @throws the signal's reason */
async function pause(signal: AbortSignal): Promise<void> {
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
