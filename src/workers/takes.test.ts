/** The worker's answers about takes, with real models from disk: a grid, chances, a branch, an alternative, an average. */
import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { MODELS_FOLDER, readLmWasm } from '../gpu/testing/disk-ladder'
import { unitToDigits } from '../speech/4-wave/fsq'
import { LAST_MESSAGES, type ClientMessage, type TakeData, type WorkerMessage } from './protocol'
import { createWorkerSession } from './session'

const VOICE = { name: 'af_heart' }
const cuts = { topK: 0, topP: 1, minP: 0 }
const TEXT = 'Fine.'
const messages: WorkerMessage[] = []
const waiting = new Map<number, (message: WorkerMessage) => void>()
const isLast = (type: string) => [...LAST_MESSAGES, 'failed', 'cancelled'].includes(type)
const session = createWorkerSession({
  fetch: async (input) => {
    const name = new URL(input instanceof Request ? input.url : input).pathname.slice(1)
    return new Response(new Uint8Array(await readFile(MODELS_FOLDER + name)))
  },
  openCache: async () => undefined,
  nowMs: () => performance.now(),
  runtime: { threads: 1 },
  readLmWasm,
  post(posted, transfer = []) {
    const message = structuredClone(posted, { transfer })
    messages.push(message)
    if (isLast(message.type)) waiting.get(message.id)?.(message)
  },
})
const ask = (message: Exclude<ClientMessage, { type: 'cancel' }>): Promise<WorkerMessage> =>
  new Promise((resolve) => {
    waiting.set(message.id, resolve)
    session.receive(message)
  })
const of = <Type extends WorkerMessage['type']>(id: number, type: Type) =>
  messages.filter(
    (message): message is Extract<WorkerMessage, { type: Type }> =>
      message.id === id && message.type === type,
  )

let takes: TakeData[]
beforeAll(async () => {
  await ask({ type: 'load', id: 1, modelsUrl: 'http://models.test/', tokenizer: 'whisper' })
  const shape = { temperatures: [0, 0.9], seeds: [3, 4], sharedNoise: 'columns' } as const
  await ask({ type: 'grid', id: 2, text: TEXT, voice: VOICE, shape, cuts })
  takes = of(2, 'cell-drawn').map(({ drawn }) => drawn.take)
})

it('draws a grid whose takes are those of single runs, each with sound and figures', async () => {
  expect(of(2, 'grid-drawn')[0].takes).toBe(4)
  expect(of(2, 'planned')[0].plan.utteranceEnds).toEqual([takes[0].utterances[0].length])
  for (const { cell, drawn } of of(2, 'cell-drawn')) {
    const id = 10 + cell.row * 2 + cell.column
    const { temperature, seed } = cell
    const spoken = await ask({ type: 'speak', id, text: TEXT, voice: VOICE, temperature, cuts, seed })
    if (spoken.type !== 'spoken') throw new Error(spoken.type)
    expect(drawn.take.units).toEqual(spoken.result.units)
    expect(drawn.take.durationsFrames).toEqual(spoken.result.durationsFrames)
    const whole = of(id, 'audio').flatMap(({ samples }) => [...samples])
    expect(drawn.sound.samples).toHaveLength(whole.length)
    const worst = whole.reduce((most, x, i) => Math.max(most, Math.abs(x - drawn.sound.samples[i])), 0)
    expect(worst).toBeLessThan(2e-3)
    expect(drawn.sound.hz).toHaveLength(drawn.take.units.length * 2)
    expect(drawn.sound.statistics.meanEntropyNats).toBeGreaterThan(0)
  }
})

it('tells the logits of every step, in rows, with entropies as they were when it was drawn', async () => {
  const [{ drawn }] = of(2, 'cell-drawn')
  const told = await ask({ type: 'chances', id: 20, of: { kind: 'take', take: drawn.take } })
  const steps = drawn.trace.entropiesNats.length
  expect(told).toMatchObject({ type: 'chances-told', steps })
  const rows = of(20, 'thought').map((message) => message.steps)
  expect(rows.flatMap(({ drawn }) => drawn)).toHaveLength(steps)
  rows
    .flatMap(({ entropiesNats }) => entropiesNats)
    .forEach((entropy, i) => expect(entropy).toBeCloseTo(drawn.trace.entropiesNats[i], 2))
  expect(rows.flatMap(({ frames }) => frames).at(-1)).toBe(drawn.take.units.length)
})

it('tells what it thought while listening', async () => {
  const told = await ask({ type: 'chances', id: 21, of: { kind: 'heard', units: takes[0].units } })
  expect(told.type).toBe('chances-told')
  const rows = of(21, 'thought').map((message) => message.steps)
  expect(rows.flatMap(({ phones }) => phones).at(-1)).toBeGreaterThan(2)
  expect(rows[0].addresses[0]).toBeNull()
})

it('branches, hears an alternative, listens to itself and averages', async () => {
  const [take] = takes
  const token = of(20, 'thought')[0].steps.drawn[4]
  const branch = { step: 4, token, noise: { kind: 'same' } } as const
  const branched = await ask({ type: 'branch', id: 30, take, branch })
  expect(branched.type === 'branched' && branched.drawn.take.units).toEqual(take.units)
  const heard = await ask({ type: 'alternative', id: 31, take, frame: 5, unit: 7 })
  expect(heard.type === 'alternative-heard' && heard.samples.length).toBeGreaterThan(600)
  const { samples } = of(2, 'cell-drawn')[0].drawn.sound
  const words = ['fine']
  const { utterances } = take
  const again = await ask({
    type: 'round-trip',
    id: 32,
    utterances,
    words,
    samples: samples.slice(),
    tokenizer: 'whisper',
  })
  expect(again.type === 'round-tripped' && again.result.phoneErrors.length).toBeGreaterThan(2)
  const average = await ask({ type: 'average', id: 33, takes, soundSeed: 1 })
  expect(average.type === 'averaged' && average.result.sound.samples.length).toBeGreaterThan(600)
})

it('tells what each digit of a unit does when it is held', async () => {
  const unit = 700
  const told = await ask({ type: 'digits', id: 40, unit, voice: VOICE })
  if (told.type !== 'digits-told') throw new Error(told.type)
  expect(told.digits.map((levels) => levels.length)).toEqual([4, 4, 4, 4, 4])
  // The level that the unit has, of every digit, is the unit itself.
  const itself = unitToDigits(unit, [4, 4, 4, 4, 4]).map((level, digit) => told.digits[digit][level])
  for (const figures of itself) expect(figures).toEqual(itself[0])
  for (const { levelDb, brightnessHz, noiseShare, pitchHz } of told.digits.flat()) {
    expect(levelDb).toBeGreaterThan(-120)
    expect(levelDb).toBeLessThan(0)
    expect(brightnessHz).toBeGreaterThan(50)
    expect(brightnessHz).toBeLessThan(12_000)
    expect(noiseShare).toBeGreaterThanOrEqual(0)
    expect(noiseShare).toBeLessThanOrEqual(1)
    if (pitchHz !== undefined) expect(pitchHz).toBeGreaterThan(50)
  }
  const refused = await ask({ type: 'digits', id: 41, unit: 1024, voice: VOICE })
  expect(refused).toMatchObject({ type: 'failed', error: { code: 'option-invalid' } })
})
