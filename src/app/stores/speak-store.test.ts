import { expect, test, vi } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan, SpeakResult } from '../../workers/protocol'
import { createSoundShelf } from '../sound-shelf'
import { createFakePictures, createReadyEngine } from './fakes'
import { createSpeakStore } from './speak-store'

const plan: SpeakPlan = {
  phones: ['_', 'HH', 'AY1', '.', '_'],
  utteranceEnds: [5],
  words: [{ word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' }],
  skipped: [],
}
const result: SpeakResult = {
  units: [1, 2, 3, 4, 5],
  phones: plan.phones,
  durationsFrames: [1, 1, 1, 1, 1],
  seconds: 0.125,
  firstSampleMs: 1,
  totalMs: 2,
}

const speakWell: SpeechClient['speak'] = async (_call, onEvent) => {
  onEvent?.({ type: 'planned', id: 1, plan })
  onEvent?.({ type: 'drawn', id: 1, units: [1, 2], phoneIndexes: [0, 1] })
  onEvent?.({ type: 'audio', id: 1, samples: new Float32Array(1200) })
  onEvent?.({ type: 'audio', id: 1, samples: new Float32Array(1800) })
  return result
}

function setUp(speak: SpeechClient['speak']) {
  const shelf = createSoundShelf(createFakePictures())
  const playback = { wake: vi.fn<() => void>(), play: vi.fn<() => void>(), pause: vi.fn<() => void>() }
  const engine = createReadyEngine()
  const store = createSpeakStore({ client: { speak }, engine, shelf, playback })
  store.setState({ text: 'Hi.' })
  return { store, shelf, playback, engine }
}

test('a take comes with its sound, which plays from its first piece', async () => {
  const { store, shelf, playback } = setUp(speakWell)
  await store.speak()
  const { takes, shown, phase, error } = store.getState()
  expect({ phase, error }).toEqual({ phase: 'idle', error: null })
  expect(takes).toHaveLength(1)
  expect(shown).toBe(takes[0].soundId)
  expect(shelf.source(takes[0].soundId)?.lengthSamples()).toBe(3000)
  expect(takes[0].timeline.words[0].word).toBe('hi')
  expect(playback.play).toHaveBeenCalledOnce()
})

test('only the last takes are kept, and the sounds of the others go', async () => {
  const { store, shelf } = setUp(speakWell)
  for (let i = 0; i < 9; i += 1) await store.speak()
  expect(store.getState().takes).toHaveLength(6)
  expect(shelf.source(1)).toBeUndefined()
  expect(shelf.source(9)).toBeDefined()
})

test('nothing to say is said, without troubling the engine', async () => {
  const speak = vi.fn<SpeechClient['speak']>(speakWell)
  const { store } = setUp(speak)
  store.setState({ text: ' \n' })
  await store.speak()
  expect(store.getState().error?.code).toBe('text-empty')
  expect(speak).not.toHaveBeenCalled()
})

test('a failure keeps the text and the takes', async () => {
  let isBroken = false
  const { store } = setUp((...call) => {
    if (isBroken) return Promise.reject(new ConvergeError('voice-unknown', 'No such voice.'))
    return speakWell(...call)
  })
  await store.speak()
  isBroken = true
  await store.speak()
  expect(store.getState()).toMatchObject({ text: 'Hi.', phase: 'idle', error: { code: 'voice-unknown' } })
  expect(store.getState().takes).toHaveLength(1)
})

test('stopping ends quietly and drops the half-drawn sound', async () => {
  const { store, shelf, playback } = setUp(
    (_call, onEvent, signal) =>
      new Promise((_, reject) => {
        onEvent?.({ type: 'audio', id: 1, samples: new Float32Array(100) })
        signal?.addEventListener('abort', () => reject(new ConvergeError('cancelled', 'Stopped.')))
      }),
  )
  const speaking = store.speak()
  await vi.waitFor(() => expect(shelf.source(1)?.lengthSamples()).toBe(100))
  store.stop()
  await speaking
  expect(store.getState()).toMatchObject({ phase: 'idle', error: null, takes: [] })
  expect(shelf.source(1)).toBeUndefined()
  expect(playback.pause).toHaveBeenCalled()
})

test('a dead worker is loaded anew for the next take', async () => {
  let isDead = true
  const { store, engine } = setUp((...call) => {
    if (isDead) return Promise.reject(new ConvergeError('worker-stopped', 'It stopped.'))
    return speakWell(...call)
  })
  await store.speak()
  expect(engine.getState().phase).toBe('idle')
  isDead = false
  await store.speak()
  expect(engine.getState().phase).toBe('ready')
  expect(store.getState().takes).toHaveLength(1)
})
