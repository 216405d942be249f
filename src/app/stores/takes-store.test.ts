/** The takes against a real shelf: what goes wrong while something is on its way. */
import { expect, test, vi } from 'vitest'
import { ConvergeError, type ErrorCode } from '../../speech/errors'
import { findTake, type TakeOrigin } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { RoundTripResult } from '../../workers/protocol'
import type { PictureClient } from '../../workers/spectrogram'
import { createSoundShelf } from '../sound-shelf'
import { createFakePictures, createReadyEngine, fakeDrawn, fakeSaid } from './fakes'
import type { Take } from './speak-store'
import { createTakesStore } from './takes-store'
import { spokenToTimeline } from './timeline'

const draw: TakeOrigin = { kind: 'draw', seed: 1, temperature: 0.6 }
const branchOf = (parent: number): TakeOrigin => ({
  kind: 'branch',
  parent,
  step: 2,
  token: 90,
  noise: { kind: 'same' },
})
const nobody = () => Promise.reject(new ConvergeError('internal', 'Nobody asked for this.'))

const result: RoundTripResult = {
  text: 'hi',
  words: [],
  phones: ['HH', 'AY'],
  phoneErrors: { errors: 0, length: 2, rate: 0, pairs: [] },
  wordErrors: null,
}

type Parts = Partial<Pick<PictureClient, 'open'> & Pick<SpeechClient, 'sound' | 'roundTrip'>>

function setUp({ open, sound = nobody, roundTrip = nobody }: Parts = {}) {
  const pictures = createFakePictures()
  const shelf = createSoundShelf({ ...pictures, open: open ?? pictures.open })
  const store = createTakesStore({
    client: { sound, roundTrip },
    engine: createReadyEngine(),
    shelf,
    tokenizer: () => 'whisper',
  })
  return { store, shelf, add: (origin: TakeOrigin) => store.add(origin, fakeSaid, fakeDrawn) }
}

test('a branch that comes after its parent was removed is no take, and its sound goes', async () => {
  const { store, shelf, add } = setUp()
  const parent = await add(draw)
  const coming = add(branchOf(parent))
  store.remove([parent])
  await expect(coming).rejects.toMatchObject({ code: 'option-invalid', facts: { parent } })
  expect(store.getState().takes.size).toBe(0)
  expect(shelf.source(2)).toBeUndefined()
  const next = await add(draw)
  expect(findTake(store.getState().tree, next)?.name).toBe('T 0.6, seed 1')
})

test('a take whose picture fails leaves no sound behind', async () => {
  const { store, shelf, add } = setUp({ open: nobody })
  await expect(add(draw)).rejects.toMatchObject({ code: 'internal' })
  expect(shelf.source(1)).toBeUndefined()
  expect(store.getState().takes.size).toBe(0)
})

/** Round trips that the test ends one by one; one that is stopped fails as the worker's do, a little later. */
function setUpChecks() {
  const asked: { finish: () => void; fail: (code: ErrorCode) => void }[] = []
  const roundTrip: SpeechClient['roundTrip'] = (_call, _onEvent, signal) =>
    new Promise((resolve, reject) => {
      const fail = (code: ErrorCode) => reject(new ConvergeError(code, 'So it went.'))
      signal?.addEventListener('abort', () => setTimeout(() => fail('cancelled')))
      asked.push({ finish: () => resolve(result), fail })
    })
  const parts = setUp({ roundTrip })
  const heard = () => [...parts.store.getState().takes.values()].filter(({ roundTrip }) => roundTrip).length
  return { ...parts, asked, heard, askedFor: (count: number) => expect.poll(() => asked.length).toBe(count) }
}

test('what is learnt of a take while it is listened to stays', async () => {
  const { store, add, asked, askedFor } = setUpChecks()
  const id = await add(draw)
  const checking = store.check([id])
  await askedFor(1)
  store.addTrace(id, { probabilities: [0.5], entropiesNats: [1] })
  asked[0].finish()
  await checking
  expect(store.getState().takes.get(id)).toMatchObject({
    roundTrip: result,
    trace: { probabilities: [0.5] },
    statistics: { meanEntropyNats: 1 },
  })
})

test('a take that fails is told, and the others are listened to', async () => {
  const { store, add, asked, askedFor, heard } = setUpChecks()
  const checking = store.check([await add(draw), await add(draw), await add(draw)])
  await askedFor(1)
  asked[0].fail('engine-failed')
  await askedFor(2)
  expect(store.getState()).toMatchObject({ checking: [2, 3], error: { code: 'engine-failed' } })
  asked[1].finish()
  await askedFor(3)
  asked[2].finish()
  await checking
  expect(store.getState()).toMatchObject({ checking: [], error: { code: 'engine-failed' } })
  expect(heard()).toBe(2)
})

test('with the worker gone all listening back ends', async () => {
  const { store, add, asked, askedFor } = setUpChecks()
  const checking = store.check([await add(draw), await add(draw)])
  await askedFor(1)
  asked[0].fail('worker-stopped')
  await checking
  expect(asked).toHaveLength(1)
  expect(store.getState()).toMatchObject({ checking: [], error: { code: 'worker-stopped' } })
})

test('stopping leaves nothing waiting at once, and what is asked for then is heard', async () => {
  const { store, add, asked, askedFor, heard } = setUpChecks()
  const ids = [await add(draw), await add(draw), await add(draw)]
  const stopped = store.check(ids)
  await askedFor(1)
  store.stopChecking()
  expect(store.getState().checking).toEqual([])
  const checking = store.check(ids.slice(0, 2))
  expect(store.getState().checking).toEqual([1, 2])
  await askedFor(2)
  await stopped
  expect(store.getState()).toMatchObject({ checking: [1, 2], error: null })
  asked[1].finish()
  await askedFor(3)
  asked[2].finish()
  await checking
  expect(store.getState()).toMatchObject({ checking: [], error: null })
  expect(heard()).toBe(2)
})

/** A take of the Speak view. */
const spoken: Take = {
  ...fakeSaid.settings,
  soundId: 700,
  plan: fakeSaid.plan,
  timeline: spokenToTimeline({ ...fakeDrawn.take, phones: fakeSaid.plan.phones }, fakeSaid.plan, 40),
  isStored: false,
}

test('a spoken take is adopted once, however often and soon it is asked for, and anew once it was removed', async () => {
  const { store } = setUp({ sound: async () => fakeDrawn.sound })
  const [first, second] = await Promise.all([store.adopt(spoken), store.adopt(spoken)])
  expect(second).toBe(first)
  expect(await store.adopt(spoken)).toBe(first)
  store.remove([first])
  const [third, fourth] = await Promise.all([store.adopt(spoken), store.adopt(spoken)])
  expect(fourth).toBe(third)
  expect([...store.getState().takes.keys()]).toEqual([third])
})

test('adopting that failed may be tried again', async () => {
  const sound = vi.fn<SpeechClient['sound']>(nobody)
  const { store } = setUp({ sound })
  const both = [store.adopt(spoken), store.adopt(spoken)]
  for (const adopting of both) await expect(adopting).rejects.toMatchObject({ code: 'internal' })
  sound.mockResolvedValue(fakeDrawn.sound)
  await store.adopt(spoken)
  expect(sound).toHaveBeenCalledTimes(2)
  expect(store.getState().takes.size).toBe(1)
})
