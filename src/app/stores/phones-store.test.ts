import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan } from '../../workers/protocol'
import { Scope } from '../scope'
import { createSoundShelf } from '../sound-shelf'
import type { EngineStore } from './engine-store'
import { createFakePictures, createReadyEngine, fakeReport } from './fakes'
import { createPhonesStore } from './phones-store'
import { createSpeakStore } from './speak-store'

const plan: SpeakPlan = {
  phones: ['_', 'HH', 'AY1', ' ', 'HH', 'AY1', '.', '_'],
  utteranceEnds: [8],
  words: [
    { word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' },
    { word: 'hi', firstPhone: 4, endPhone: 6, origin: 'lexicon' },
  ],
  skipped: [],
}
const reading = { phones: ['HH', 'IY1'], origin: 'model', probability: 0.2 } as const

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const client = {
    plan: vi.fn<SpeechClient['plan']>(async () => plan),
    readWord: vi.fn<SpeechClient['readWord']>(async () => [reading]),
    speak: () => Promise.reject(new ConvergeError('internal', 'not asked for')),
    sound: () => Promise.reject(new ConvergeError('internal', 'not asked for')),
  }
  const ready = createReadyEngine()
  const ensure = vi.fn<EngineStore['ensure']>(ready.ensure)
  const engine = { ...ready, ensure }
  const playback = { wake: () => {}, play: () => {}, pause: () => {} }
  const shelf = createSoundShelf(createFakePictures())
  const speak = createSpeakStore({ client, engine, shelf, playback })
  speak.setState({ text: 'Hi hi.' })
  const store = createPhonesStore({ client, engine, speak }, new Scope())
  return { client, ensure, speak, store }
}

test('asks for the plan when it is open, after the last letter only', async () => {
  const { client, speak, store } = setUp()
  speak.setText('Hi hi')
  await vi.runAllTimersAsync()
  expect(client.plan).not.toHaveBeenCalled()
  store.open(true)
  await vi.runAllTimersAsync()
  expect(store.getState()).toMatchObject({ plan, isPlanning: false, picked: null })
  speak.setText('H')
  await vi.advanceTimersByTimeAsync(100)
  speak.setText('Hi hi.')
  await vi.runAllTimersAsync()
  expect(client.plan).toHaveBeenCalledTimes(2)
  speak.setState({ seed: 2 })
  await vi.runAllTimersAsync()
  expect(client.plan).toHaveBeenCalledTimes(2)
  speak.setText('')
  await vi.runAllTimersAsync()
  expect(store.getState().plan).toBe(null)
})

test('an edit of the sentence before is not said in place of the one that stands there now', async () => {
  const { store, speak } = setUp()
  store.open(true)
  await vi.runAllTimersAsync()
  store.pick(1)
  store.setDraft(['HH', 'IY1'])
  speak.setText('Something else.')
  store.sayHere()
  store.pause('none')
  expect(speak.getState().phones).toBe(undefined)
  await vi.runAllTimersAsync()
  store.pick(1)
  store.setDraft(['HH', 'IY1'])
  store.sayHere()
  expect(speak.getState().phones).toEqual(['HH', 'AY1', ' ', 'HH', 'IY1', '.'])
})

test('a picked word brings its phones and the ways to say it', async () => {
  const { store, speak } = setUp()
  store.open(true)
  await vi.runAllTimersAsync()
  store.pick(1)
  expect(store.getState()).toMatchObject({ picked: 1, draft: ['HH', 'AY1'], readings: null })
  await vi.runAllTimersAsync()
  expect(store.getState().readings).toEqual([reading])
  store.setDraft(['HH', 'IY1'])
  store.sayHere()
  expect(speak.getState().phones).toEqual(['HH', 'AY1', ' ', 'HH', 'IY1', '.'])
  store.sayEverywhere()
  expect(speak.getState().phones).toBe(undefined)
  expect(speak.getState().pronunciations).toEqual(new Map([['hi', ['HH', 'IY1']]]))
  await vi.runAllTimersAsync()
  expect(store.getState()).toMatchObject({ picked: 1, readings: [reading] })
  store.forget('hi')
  expect(speak.getState().pronunciations.size).toBe(0)
})

test('the models are there before the ways to say a word are asked for', async () => {
  const { client, ensure, store } = setUp()
  store.open(true)
  await vi.runAllTimersAsync()
  let load: () => void = () => {}
  ensure.mockReturnValueOnce(new Promise((resolve) => (load = () => resolve(fakeReport))))
  store.pick(0)
  await vi.runAllTimersAsync()
  expect(client.readWord).not.toHaveBeenCalled()
  load()
  await vi.runAllTimersAsync()
  expect(store.getState().readings).toEqual([reading])
})

test('pauses and the whole line become the phones of this text', async () => {
  const { store, speak } = setUp()
  store.open(true)
  await vi.runAllTimersAsync()
  store.pick(0)
  store.pause(',')
  expect(speak.getState().phones?.join(' ')).toBe('HH AY1 ,   HH AY1 .')
  store.setLine('b uw1')
  expect(speak.getState().phones).toEqual(['B', 'UW1', '.'])
  expect(() => store.setLine('QQ')).toThrow(/no phone/)
  expect(speak.getState().phones).toEqual(['B', 'UW1', '.'])
  store.resetLine()
  expect(speak.getState().phones).toBe(undefined)
})

test('a failure is kept as a sentence, and the next plan clears it', async () => {
  const { client, store, speak } = setUp()
  client.plan.mockRejectedValueOnce(new ConvergeError('text-unreadable', 'Nothing here.'))
  store.open(true)
  await vi.runAllTimersAsync()
  expect(store.getState()).toMatchObject({ plan: null, error: { code: 'text-unreadable' } })
  speak.setText('Hi.')
  await vi.runAllTimersAsync()
  expect(store.getState()).toMatchObject({ plan, error: null })
})
