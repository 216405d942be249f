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

const statistics = {
  durationSeconds: 0.125,
  speechSeconds: 0,
  phonesPerSecond: 0,
  pauses: 0,
  pauseSeconds: 0,
  pitch: undefined,
  meanEntropyNats: undefined,
  logProbabilityNats: undefined,
}
const sound: SpeechClient['sound'] = async () => ({
  samples: new Float32Array(3000),
  hz: new Float32Array(10),
  statistics,
})

function setUp(speak: SpeechClient['speak'], sounding = sound) {
  const shelf = createSoundShelf(createFakePictures())
  const playback = { wake: vi.fn<() => void>(), play: vi.fn<() => void>(), pause: vi.fn<() => void>() }
  const engine = createReadyEngine()
  const store = createSpeakStore({ client: { speak, sound: sounding }, engine, shelf, playback })
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

test('a dead worker is a sentence to read, and the next take is spoken', async () => {
  let isDead = true
  const { store } = setUp((...call) => {
    if (isDead) return Promise.reject(new ConvergeError('worker-stopped', 'It stopped.'))
    return speakWell(...call)
  })
  await store.speak()
  expect(store.getState()).toMatchObject({ phase: 'idle', error: { code: 'worker-stopped' } })
  isDead = false
  await store.speak()
  expect(store.getState().takes).toHaveLength(1)
})

test('what is asked for: voice, moves, pronunciations and edited phones, where there are any', async () => {
  const speak = vi.fn<SpeechClient['speak']>(speakWell)
  const { store } = setUp(speak)
  await store.speak()
  expect(Object.keys(speak.mock.calls[0][0]).toSorted()).toEqual([
    'cuts',
    'seed',
    'temperature',
    'text',
    'voice',
  ])
  const parts = [{ name: 'a', weight: 1 }]
  const moves = { pitchSemitones: 2, pace: 0.5, breathinessDb: 0 }
  const pronunciations = new Map([['hi', ['HH', 'IY1']]])
  store.setState({ voice: { kind: 'mix', parts }, moves, pronunciations, phones: ['HH', 'AY1', '.'] })
  await store.speak()
  expect(speak.mock.calls[1][0]).toMatchObject({
    voice: { parts },
    moves,
    pronunciations,
    phones: ['HH', 'AY1', '.'],
  })
  // Half the pace: each unit lasts twice as long.
  expect(store.getState().takes[0].timeline.seconds).toBeCloseTo(0.25)
  store.setText('Other.')
  expect(store.getState()).toMatchObject({ text: 'Other.', phones: undefined, pronunciations })
})

test('the shown take is sung again: its own tokens, another voice', async () => {
  const sounding = vi.fn<SpeechClient['sound']>(sound)
  const { store, playback } = setUp(speakWell, sounding)
  await store.speak()
  store.setState({ voice: { kind: 'vector', vector: [1, 2] }, text: 'Not this.' })
  await store.resing()
  const [take, before] = store.getState().takes
  expect(take).toMatchObject({ text: 'Hi.', voice: { kind: 'vector' } })
  expect(take.timeline).toEqual(before.timeline)
  const [call] = sounding.mock.calls[0]
  expect(call).toMatchObject({ asSpoken: true, take: { voice: { vector: [1, 2] }, seed: 1, soundSeed: 1 } })
  expect(call.take.units).toEqual(result.units)
  expect(call.take.durationsFrames).toEqual(result.durationsFrames)
  expect(call.take.utterances).toEqual([plan.phones])
  expect(playback.play).toHaveBeenCalledTimes(2)
})
