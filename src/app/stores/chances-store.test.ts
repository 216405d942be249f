/** Looking inside, with real takes: one reading at a time, whoever comes late, and what happens when it is stopped. */
import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { ConvergeError, type ErrorCode } from '../../speech/errors'
import type { TakeOrigin } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { DrawnTake, WorkerMessage } from '../../workers/protocol'
import { createSoundShelf } from '../sound-shelf'
import { createChancesStore, type HeardSubject } from './chances-store'
import type { Catalogue } from './engine-store'
import { createFakePictures, createReadyEngine, fakeDrawn, fakeSaid } from './fakes'
import { LISTEN_START, type ListenState, type Recording } from './listen-state'
import type { Take } from './speak-store'
import { createTakesStore } from './takes-store'
import { spokenToTimeline } from './timeline'

const VOCABULARY_SIZE = 4
const draw: TakeOrigin = { kind: 'draw', seed: 1, temperature: 0.6 }
const timeline = spokenToTimeline({ ...fakeDrawn.take, phones: fakeSaid.plan.phones }, fakeSaid.plan, 40)
const spoken: Take = { ...fakeSaid.settings, soundId: 700, plan: fakeSaid.plan, timeline, isStored: false }
const recordingOf = (soundId: number): Recording => ({ title: 'a.wav', soundId, seconds: 1, said: null })
const heard: HeardSubject = { title: 'a.wav', soundId: 800, timeline }

const oneStep = (firstStep: number): WorkerMessage => ({
  type: 'thought',
  id: 1,
  steps: {
    firstStep,
    logits: new Float32Array(VOCABULARY_SIZE),
    allowed: [{ ranges: [], ids: [] }],
    drawn: [0],
    addresses: [null],
    frames: [firstStep],
    phones: [0],
    entropiesNats: [1],
    surprisesNats: [Math.log(2)],
  },
})

/** Calls that the test ends one by one; one that is stopped fails as the worker's do, a little later. */
function createCalls<Result>() {
  const calls: {
    readonly finish: (result: Result) => void
    readonly fail: (code: ErrorCode) => void
    readonly tell: (message: WorkerMessage) => void
  }[] = []
  const call = (_call: unknown, onEvent?: (message: WorkerMessage) => void, signal?: AbortSignal) =>
    new Promise<Result>((finish, reject) => {
      const fail = (code: ErrorCode) => reject(new ConvergeError(code, 'So it went.'))
      if (signal?.aborted) fail('cancelled')
      signal?.addEventListener('abort', () => setTimeout(() => fail('cancelled')))
      calls.push({ finish, fail, tell: (message) => onEvent?.(message) })
    })
  return { calls, call, came: (count: number) => expect.poll(() => calls.length).toBe(count) }
}

function setUp(sounding?: SpeechClient['sound']) {
  const reading = createCalls<number>()
  const branching = createCalls<DrawnTake>()
  const sound = vi.fn<SpeechClient['sound']>(sounding ?? (async () => fakeDrawn.sound))
  const nobody = () => Promise.reject(new ConvergeError('internal', 'Nobody asked for this.'))
  const engine = createReadyEngine()
  engine.setState({ catalogue: { vocabulary: { size: VOCABULARY_SIZE } } as unknown as Catalogue })
  const shelf = createSoundShelf(createFakePictures())
  const takes = createTakesStore({
    client: { sound, roundTrip: nobody },
    engine,
    shelf,
    tokenizer: () => 'whisper',
  })
  const listen = createStore<ListenState>(() => ({ ...LISTEN_START, recording: recordingOf(800) }))
  const client = { chances: reading.call, branch: branching.call }
  const chances = createChancesStore({ client, engine, takes, listen, newSeed: () => 2 })
  return {
    chances,
    takes,
    listen,
    sound,
    reading,
    branching,
    add: () => takes.add(draw, fakeSaid, fakeDrawn),
  }
}

test('a take is read step by step, and keeps what was learnt', async () => {
  const { chances, takes, reading, add } = setUp()
  const id = await add()
  const opening = chances.open({ kind: 'take', id })
  await reading.came(1)
  expect(chances.getState()).toMatchObject({ phase: 'loading', isWhole: false })
  reading.calls[0].tell(oneStep(0))
  reading.calls[0].finish(1)
  await opening
  expect(chances.getState()).toMatchObject({ phase: 'idle', isWhole: true, steps: [{ frame: 0 }] })
  expect(takes.getState().chosen).toBe(id)
  expect(takes.getState().takes.get(id)?.trace?.probabilities[0]).toBeCloseTo(0.5)
})

test('looking inside a spoken take twice makes one take', async () => {
  const { chances, takes, sound, reading } = setUp()
  const both = [chances.openSpoken(spoken), chances.openSpoken(spoken)]
  expect(chances.getState().phase).toBe('opening')
  await reading.came(1)
  reading.calls[0].finish(0)
  await Promise.all(both)
  expect(sound).toHaveBeenCalledOnce()
  expect([...takes.getState().takes.keys()]).toEqual([1])
  expect(chances.getState()).toMatchObject({ subject: { id: 1 }, phase: 'idle', isWhole: true })
})

test('a spoken take that comes late, or fails late, leaves the view to who has it', async () => {
  for (const isFailing of [false, true]) {
    let settle = () => {}
    const { chances, takes, reading, add } = setUp(
      () =>
        new Promise((resolve, reject) => {
          settle = () => (isFailing ? reject(new Error('late')) : resolve(fakeDrawn.sound))
        }),
    )
    const id = await add()
    const late = chances.openSpoken(spoken)
    const opening = chances.open({ kind: 'take', id })
    await reading.came(1)
    settle()
    await late
    if (!isFailing) await expect.poll(() => takes.getState().takes.size).toBe(2)
    expect(chances.getState()).toMatchObject({ subject: { id }, phase: 'loading', error: null })
    expect(takes.getState().chosen).toBe(id)
    reading.calls[0].finish(0)
    await opening
    expect(reading.calls).toHaveLength(1)
  }
})

test('reading that is stopped keeps the steps so far, and may begin again', async () => {
  const { chances, takes, reading, add } = setUp()
  const id = await add()
  const opening = chances.open({ kind: 'take', id })
  await reading.came(1)
  reading.calls[0].tell(oneStep(0))
  chances.stop()
  reading.calls[0].tell(oneStep(1))
  await opening
  const { phase, isWhole, steps, error } = chances.getState()
  expect({ phase, isWhole, steps: steps.length, error }).toEqual({
    phase: 'idle',
    isWhole: false,
    steps: 1,
    error: null,
  })
  expect(takes.getState().takes.get(id)?.trace).toBeNull()
})

test('a reading that ends after another began gives its take nothing of the other', async () => {
  const { chances, takes, reading, add } = setUp()
  const [first, second] = [await add(), await add()]
  const before = chances.open({ kind: 'take', id: first })
  await reading.came(1)
  const opening = chances.open({ kind: 'take', id: second })
  reading.calls[0].finish(11)
  await before
  await reading.came(2)
  expect(takes.getState().takes.get(first)?.trace).toBeNull()
  expect(chances.getState()).toMatchObject({ subject: { id: second }, phase: 'loading' })
  reading.calls[1].finish(0)
  await opening
})

async function setUpBranch() {
  const parts = setUp()
  const id = await parts.add()
  const opening = parts.chances.open({ kind: 'take', id })
  await parts.reading.came(1)
  parts.reading.calls[0].tell(oneStep(0))
  parts.reading.calls[0].finish(1)
  await opening
  const drawing = parts.chances.branch('same')
  await parts.branching.came(1)
  return { ...parts, id, drawing }
}

test('a branch is opened; one that comes after it was stopped is no take', async () => {
  const { chances, takes, reading, branching, drawing } = await setUpBranch()
  branching.calls[0].finish(fakeDrawn)
  await reading.came(2)
  reading.calls[1].tell(oneStep(0))
  reading.calls[1].finish(1)
  await drawing
  expect(chances.getState()).toMatchObject({ subject: { id: 2 }, phase: 'idle' })
  const again = chances.branch('new')
  await branching.came(2)
  chances.stop()
  branching.calls[1].finish(fakeDrawn)
  await again
  expect(takes.getState().takes.size).toBe(2)
  expect(chances.getState()).toMatchObject({ subject: { id: 2 }, phase: 'idle', error: null })
})

test('a branch that is put on the table after another take was opened leaves the view to it', async () => {
  const { chances, takes, reading, branching, drawing, id } = await setUpBranch()
  const { add } = takes
  let addedNow = () => {}
  vi.spyOn(takes, 'add').mockImplementation(async (...args) => {
    const added = await add(...args)
    await new Promise<void>((resolve) => (addedNow = resolve))
    return added
  })
  branching.calls[0].finish(fakeDrawn)
  await expect.poll(() => takes.getState().takes.size).toBe(2)
  const opening = chances.open({ kind: 'take', id })
  addedNow()
  await drawing
  await reading.came(2)
  reading.calls[1].finish(0)
  await opening
  expect(reading.calls).toHaveLength(2)
  expect(takes.getState().chosen).toBe(id)
  expect(chances.getState()).toMatchObject({ subject: { id }, phase: 'idle' })
})

test('a branch of a take that was removed meanwhile is told', async () => {
  const { chances, takes, branching, drawing, id } = await setUpBranch()
  takes.remove([id])
  branching.calls[0].finish(fakeDrawn)
  await drawing
  expect(takes.getState().takes.size).toBe(0)
  expect(chances.getState()).toMatchObject({ phase: 'idle', error: { code: 'option-invalid' } })
})

test('what was heard is forgotten with its recording, half-read or whole', async () => {
  for (const isWhole of [false, true]) {
    const { chances, listen, reading } = setUp()
    const opening = chances.open({ kind: 'heard', heard })
    await reading.came(1)
    reading.calls[0].tell(oneStep(0))
    if (isWhole) {
      reading.calls[0].finish(1)
      await opening
    }
    listen.setState({ phase: 'listening' })
    expect(chances.getState().steps).toHaveLength(1)
    listen.setState({ recording: recordingOf(801) })
    await opening
    expect(chances.getState()).toMatchObject({ subject: null, steps: [], phase: 'idle', error: null })
  }
})

test('another recording does not disturb looking into a take', async () => {
  const { chances, listen, reading } = setUp()
  const wasHeard = chances.open({ kind: 'heard', heard })
  await reading.came(1)
  // The heard one is still the subject while the spoken take is made.
  const opening = chances.openSpoken(spoken)
  listen.setState({ recording: recordingOf(801) })
  await reading.came(2)
  listen.setState({ recording: recordingOf(802) })
  reading.calls[1].tell(oneStep(0))
  reading.calls[1].finish(1)
  await Promise.all([wasHeard, opening])
  expect(chances.getState()).toMatchObject({ subject: { id: 1 }, phase: 'idle', isWhole: true })
})
