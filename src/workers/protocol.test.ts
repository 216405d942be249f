/**
 * Every message survives the way between page and worker: generated from one arbitrary a type, so that a new message
 * without one does not compile, and sent through a real channel.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientMessage, WorkerMessage } from './protocol'

type ByType<Message extends { type: string }> = {
  [Type in Message['type']]: fc.Arbitrary<Extract<Message, { type: Type }>>
}

const id = fc.nat()
const units = fc.array(fc.nat(1023), { maxLength: 20 })
const phones = fc.array(fc.constantFrom('_', 'HH', 'AH0', ' ', '.'), { maxLength: 10 })
const samples = fc
  .array(fc.float({ noNaN: true }), { maxLength: 50 })
  .map((values): Float32Array<ArrayBuffer> => new Float32Array(values))
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const tokenizer = fc.constantFrom('whisper' as const, 'mel' as const)
const engine = fc.constantFrom('ort' as const, 'wasm' as const, 'wgsl' as const)
const engineChoice = fc.oneof(fc.constant('auto' as const), engine)
const inUse = {
  engine,
  reason: fc.string(),
  rejected: fc.array(fc.record({ engine, reason: fc.string() }), { maxLength: 2 }),
  networksReason: fc.string(),
}
const voice = fc.oneof(
  fc.record({ name: fc.string() }),
  fc.record({
    parts: fc.array(fc.record({ name: fc.string(), weight: finite }), { maxLength: 3 }),
  }),
  fc.record({ vector: fc.array(finite, { minLength: 32, maxLength: 32 }) }),
)
const sampleRateHz = fc.integer({ min: 8000, max: 192_000 })
const heardPhone = fc.record({
  phone: fc.constantFrom('HH', 'AH0'),
  startSeconds: finite,
  endSeconds: finite,
  probability: finite,
})
const word = fc.record({ word: fc.string(), startSeconds: finite, endSeconds: finite, probability: finite })
const heardWord = fc.record({
  word: fc.string(),
  startSeconds: finite,
  endSeconds: finite,
  probability: finite,
  rivals: fc.array(fc.record({ word: fc.string(), probability: finite }), { maxLength: 3 }),
  origin: fc.constantFrom('lexicon' as const, 'model' as const),
})
const type = <Name extends string>(name: Name) => fc.constant(name)

const pronunciations = fc
  .dictionary(fc.string(), phones, { maxKeys: 3 })
  .map((typed) => new Map(Object.entries(typed)))
const moves = fc.record({ pitchSemitones: finite, pace: finite, breathinessDb: finite })
const origin = fc.constantFrom('lexicon' as const, 'model' as const, 'letters' as const, 'typed' as const)
const plan = fc.record({
  phones,
  utteranceEnds: units,
  words: fc.array(fc.record({ word: fc.string(), firstPhone: fc.nat(), endPhone: fc.nat(), origin }), {
    maxLength: 4,
  }),
  skipped: fc.array(fc.string(), { maxLength: 4 }),
})
const cuts = fc.record({ topK: fc.nat(), topP: finite, minP: finite })
const seed = fc.nat()
const utterances = fc.array(phones, { maxLength: 3 })
const take = fc.record({
  units,
  durationsFrames: units,
  utterances,
  voice,
  sampling: fc.record({ temperature: finite, topK: fc.nat(), topP: finite, minP: finite }),
  seed,
  soundSeed: seed,
})
const cell = fc.record({ row: seed, column: seed, temperature: finite, seed, soundSeed: seed })
const numbers = fc.array(finite, { maxLength: 5 })
const statistics = fc.record({
  durationSeconds: finite,
  speechSeconds: finite,
  phonesPerSecond: finite,
  syllablesPerSecond: finite,
  pauses: fc.nat(),
  pauseSeconds: finite,
  pitch: fc.constant(undefined),
  meanEntropyNats: fc.option(finite, { nil: undefined }),
  logProbabilityNats: fc.option(finite, { nil: undefined }),
})
const sound = fc.record({ samples, hz: samples, statistics })
const drawn = fc.record({ take, trace: fc.record({ probabilities: numbers, entropiesNats: numbers }), sound })
const controlFigures = fc.record({
  pitchHz: fc.option(finite, { nil: undefined }),
  levelDb: finite,
  brightnessHz: finite,
  noiseShare: finite,
  spectrumDb: numbers,
})
const errorRate = fc.record({
  errors: fc.nat(),
  length: fc.nat(),
  rate: finite,
  pairs: fc.array(fc.record({ kind: fc.constant('missed' as const), reference: fc.string() })),
})
const sharedNoise = fc.constantFrom('none' as const, 'columns' as const, 'rows' as const)
const noise = fc.oneof(fc.record({ kind: type('same') }), fc.record({ kind: type('new'), seed }))

const clientMessages: ByType<ClientMessage> = {
  load: fc.record({ type: type('load'), id, modelsUrl: fc.webUrl(), tokenizer, engine: engineChoice }),
  speak: fc.record(
    {
      type: type('speak'),
      id,
      text: fc.string({ unit: 'binary' }),
      phones,
      pronunciations,
      voice,
      moves,
      temperature: finite,
      cuts,
      seed: fc.nat(),
    },
    { requiredKeys: ['type', 'id', 'text', 'voice', 'temperature', 'cuts', 'seed'] },
  ),
  listen: fc.record(
    { type: type('listen'), id, samples, sampleRateHz, tokenizer, closely: fc.boolean() },
    { requiredKeys: ['type', 'id', 'samples', 'sampleRateHz', 'tokenizer'] },
  ),
  encode: fc.record({ type: type('encode'), id, samples, sampleRateHz, tokenizer }),
  decode: fc.record(
    { type: type('decode'), id, units, voice, moves, seed: fc.nat() },
    { requiredKeys: ['type', 'id', 'units', 'voice', 'seed'] },
  ),
  plan: fc.record(
    { type: type('plan'), id, text: fc.string(), phones, pronunciations },
    { requiredKeys: ['type', 'id', 'text'] },
  ),
  'read-word': fc.record({ type: type('read-word'), id, word: fc.string() }),
  cancel: fc.record({ type: type('cancel'), id }),
  grid: fc.record(
    {
      type: type('grid'),
      id,
      text: fc.string(),
      phones,
      voice,
      shape: fc.record({ temperatures: numbers, seeds: units, sharedNoise }),
      cuts,
    },
    { requiredKeys: ['type', 'id', 'text', 'voice', 'shape', 'cuts'] },
  ),
  sound: fc.record(
    { type: type('sound'), id, take, asSpoken: fc.boolean() },
    { requiredKeys: ['type', 'id', 'take'] },
  ),
  chances: fc.record({
    type: type('chances'),
    id,
    of: fc.oneof(fc.record({ kind: type('take'), take }), fc.record({ kind: type('heard'), units })),
  }),
  branch: fc.record({
    type: type('branch'),
    id,
    take,
    branch: fc.record({ step: fc.nat(), token: fc.nat(), noise }),
  }),
  alternative: fc.record({ type: type('alternative'), id, take, frame: fc.nat(), unit: fc.nat() }),
  'round-trip': fc.record({
    type: type('round-trip'),
    id,
    utterances,
    words: fc.array(fc.string(), { maxLength: 4 }),
    samples,
    tokenizer,
  }),
  live: fc.record({ type: type('live'), id, sampleRateHz, tokenizer }),
  'live-samples': fc.record({ type: type('live-samples'), id, samples }),
  'live-end': fc.record({ type: type('live-end'), id }),
  measure: fc.record({ type: type('measure'), id, reference: fc.string(), text: fc.string(), phones }),
  digits: fc.record({ type: type('digits'), id, unit: fc.nat(1023), voice }),
  average: fc.record({ type: type('average'), id, takes: fc.array(take, { maxLength: 3 }), soundSeed: seed }),
}

const workerMessages: ByType<WorkerMessage> = {
  progress: fc.record({
    type: type('progress'),
    id,
    stage: fc.constantFrom('download', 'listen'),
    done: fc.nat(),
    total: fc.nat(),
    unit: fc.constantFrom('bytes', 'frames'),
  }),
  loaded: fc.record({
    type: type('loaded'),
    id,
    report: fc.record({
      ...inUse,
      threads: fc.nat(),
      loadMs: finite,
      downloadedBytes: fc.nat(),
      cachedBytes: fc.nat(),
      kept: fc.boolean(),
      sampleRateHz: fc.nat(),
      samplesPerFrame: fc.nat(),
      frameRateHz: fc.nat(),
      voices: fc.array(fc.record({ name: fc.string(), description: fc.string() }), { maxLength: 4 }),
    }),
  }),
  'engine-changed': fc.record(
    { type: type('engine-changed'), id, inUse: fc.record(inUse), notice: fc.string() },
    { requiredKeys: ['type', 'id', 'inUse'] },
  ),
  planned: fc.record({ type: type('planned'), id, plan }),
  'plan-made': fc.record({ type: type('plan-made'), id, plan }),
  'word-read': fc.record({
    type: type('word-read'),
    id,
    readings: fc.array(
      fc.record({ phones, origin: fc.constantFrom('lexicon', 'model'), probability: finite }),
      { maxLength: 3 },
    ),
  }),
  drawn: fc.record({ type: type('drawn'), id, units, phoneIndexes: units }),
  audio: fc.record({ type: type('audio'), id, samples }),
  tokenized: fc.record({ type: type('tokenized'), id, units }),
  heard: fc.record({ type: type('heard'), id, phones: fc.array(heardPhone, { maxLength: 5 }) }),
  spoken: fc.record({
    type: type('spoken'),
    id,
    result: fc.record({
      units,
      phones,
      durationsFrames: units,
      seconds: finite,
      firstSampleMs: finite,
      totalMs: finite,
    }),
  }),
  understood: fc.record({
    type: type('understood'),
    id,
    result: fc.record({
      text: fc.string(),
      words: fc.array(word, { maxLength: 5 }),
      phones: fc.array(heardPhone, { maxLength: 5 }),
      units,
      seconds: finite,
      totalMs: finite,
    }),
  }),
  encoded: fc.record({
    type: type('encoded'),
    id,
    result: fc.record({ units, voice: fc.array(finite, { maxLength: 32 }) }),
  }),
  decoded: fc.record({ type: type('decoded'), id, samples }),
  failed: fc.record({
    type: type('failed'),
    id,
    error: fc.record({
      code: fc.constantFrom('text-empty', 'internal'),
      message: fc.string(),
      facts: fc.dictionary(fc.string(), fc.oneof(fc.string(), finite, fc.boolean()), {
        noNullPrototype: true,
      }),
    }),
  }),
  cancelled: fc.record({ type: type('cancelled'), id }),
  'digits-told': fc.record({
    type: type('digits-told'),
    id,
    digits: fc.array(fc.array(controlFigures, { maxLength: 4 }), { maxLength: 5 }),
  }),
  'cell-drawing': fc.record({ type: type('cell-drawing'), id, cell, frames: fc.nat(), phones: fc.nat() }),
  'cell-drawn': fc.record({ type: type('cell-drawn'), id, cell, drawn }),
  'grid-drawn': fc.record({ type: type('grid-drawn'), id, takes: fc.nat(), totalMs: finite }),
  sounded: fc.record({ type: type('sounded'), id, sound }),
  thought: fc.record({
    type: type('thought'),
    id,
    steps: fc.record({
      firstStep: fc.nat(),
      logits: samples,
      allowed: fc.array(fc.record({ ranges: fc.constant([[88, 1112] as const]), ids: units }), {
        maxLength: 3,
      }),
      drawn: units,
      addresses: fc.array(fc.option(fc.record({ seed, take: seed, step: seed })), { maxLength: 3 }),
      frames: units,
      phones: units,
      entropiesNats: numbers,
      surprisesNats: numbers,
    }),
  }),
  'chances-told': fc.record({ type: type('chances-told'), id, steps: fc.nat() }),
  branched: fc.record({ type: type('branched'), id, drawn }),
  'alternative-heard': fc.record({ type: type('alternative-heard'), id, samples, startFrame: fc.nat() }),
  'round-tripped': fc.record({
    type: type('round-tripped'),
    id,
    result: fc.record({
      text: fc.string(),
      words: fc.array(word, { maxLength: 3 }),
      phones,
      phoneErrors: errorRate,
      wordErrors: fc.option(errorRate),
    }),
  }),
  worded: fc.record({ type: type('worded'), id, words: fc.array(heardWord, { maxLength: 4 }) }),
  supposed: fc.record({ type: type('supposed'), id, words: fc.array(heardWord, { maxLength: 4 }) }),
  measured: fc.record({
    type: type('measured'),
    id,
    result: fc.record({ words: errorRate, phones: errorRate }),
  }),
  averaged: fc.record({ type: type('averaged'), id, result: fc.record({ durationsFrames: units, sound }) }),
}

/** The message at the other end; its samples move, as they do between page and worker. */
async function send(message: object): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  const arrived = new Promise((resolve) => port2.addEventListener('message', ({ data }) => resolve(data)))
  port2.start()
  const moved =
    'samples' in message && message.samples instanceof Float32Array ? [message.samples.buffer] : []
  port1.postMessage(message, moved as ArrayBuffer[])
  const data = await arrived
  port1.close()
  return data
}

describe.each([
  ['client', clientMessages],
  ['worker', workerMessages],
])('%s messages', (_, messages) => {
  it.each(Object.keys(messages))('%s arrives as it was sent', async (name) => {
    const arbitrary: fc.Arbitrary<object> = (messages as Record<string, fc.Arbitrary<object>>)[name]
    await fc.assert(
      fc.asyncProperty(arbitrary, async (message) => {
        const wanted = structuredClone(message)
        expect(await send(message)).toEqual(wanted)
      }),
      { numRuns: 30 },
    )
  })
})
