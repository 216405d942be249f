/** Owns: arbitraries of what messages between page and worker are made of, for their tests. */
import fc from 'fast-check'

/** An arbitrary for every type of message: one that is missing does not compile. */
export type ByType<Message extends { type: string }> = {
  [Type in Message['type']]: fc.Arbitrary<Extract<Message, { type: Type }>>
}

export const id = fc.nat()
export const units = fc.array(fc.nat(1023), { maxLength: 20 })
export const phones = fc.array(fc.constantFrom('_', 'HH', 'AH0', ' ', '.'), { maxLength: 10 })
export const samples = fc
  .array(fc.float({ noNaN: true }), { maxLength: 50 })
  .map((values): Float32Array<ArrayBuffer> => new Float32Array(values))
export const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
export const tokenizer = fc.constantFrom('whisper' as const, 'mel' as const)
export const engine = fc.constantFrom('ort' as const, 'wasm' as const, 'wgsl' as const)
export const engineChoice = fc.oneof(fc.constant('auto' as const), engine)
export const inUse = {
  engine,
  reason: fc.string(),
  rejected: fc.array(fc.record({ engine, reason: fc.string() }), { maxLength: 2 }),
  networksReason: fc.string(),
}
export const voice = fc.oneof(
  fc.record({ name: fc.string() }),
  fc.record({
    parts: fc.array(fc.record({ name: fc.string(), weight: finite }), { maxLength: 3 }),
  }),
  fc.record({ vector: fc.array(finite, { minLength: 32, maxLength: 32 }) }),
)
export const sampleRateHz = fc.integer({ min: 8000, max: 192_000 })
export const heardPhone = fc.record({
  phone: fc.constantFrom('HH', 'AH0'),
  startSeconds: finite,
  endSeconds: finite,
  probability: finite,
})
export const word = fc.record({
  word: fc.string(),
  startSeconds: finite,
  endSeconds: finite,
  probability: finite,
})
export const heardWord = fc.record({
  word: fc.string(),
  startSeconds: finite,
  endSeconds: finite,
  probability: finite,
  rivals: fc.array(fc.record({ word: fc.string(), probability: finite }), { maxLength: 3 }),
  origin: fc.constantFrom('lexicon' as const, 'model' as const),
})
export const type = <Name extends string>(name: Name) => fc.constant(name)

export const pronunciations = fc
  .dictionary(fc.string(), phones, { maxKeys: 3 })
  .map((typed) => new Map(Object.entries(typed)))
export const moves = fc.record({ pitchSemitones: finite, pace: finite, breathinessDb: finite })
export const origin = fc.constantFrom(
  'lexicon' as const,
  'model' as const,
  'letters' as const,
  'typed' as const,
)
export const plan = fc.record({
  phones,
  utteranceEnds: units,
  words: fc.array(fc.record({ word: fc.string(), firstPhone: fc.nat(), endPhone: fc.nat(), origin }), {
    maxLength: 4,
  }),
  skipped: fc.array(fc.string(), { maxLength: 4 }),
})
export const cuts = fc.record({ topK: fc.nat(), topP: finite, minP: finite })
export const seed = fc.nat()
export const utterances = fc.array(phones, { maxLength: 3 })
export const take = fc.record({
  units,
  durationsFrames: units,
  utterances,
  voice,
  sampling: fc.record({ temperature: finite, topK: fc.nat(), topP: finite, minP: finite }),
  seed,
  soundSeed: seed,
})
export const cell = fc.record({ row: seed, column: seed, temperature: finite, seed, soundSeed: seed })
export const numbers = fc.array(finite, { maxLength: 5 })
export const statistics = fc.record({
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
export const sound = fc.record({ samples, hz: samples, statistics })
export const drawn = fc.record({
  take,
  trace: fc.record({ probabilities: numbers, entropiesNats: numbers }),
  sound,
})
export const controlFigures = fc.record({
  pitchHz: fc.option(finite, { nil: undefined }),
  levelDb: finite,
  brightnessHz: finite,
  noiseShare: finite,
  spectrumDb: numbers,
})
export const errorRate = fc.record({
  errors: fc.nat(),
  length: fc.nat(),
  rate: finite,
  pairs: fc.array(fc.record({ kind: fc.constant('missed' as const), reference: fc.string() })),
})
export const sharedNoise = fc.constantFrom('none' as const, 'columns' as const, 'rows' as const)
export const noise = fc.oneof(fc.record({ kind: type('same') }), fc.record({ kind: type('new'), seed }))
