import { expect, test, vi } from 'vitest'
import type { SpeechClient } from '../../workers/client'
import type { Captured, Microphone } from '../ports/microphone'
import type { RecordingReader } from '../ports/recording-file'
import { createSoundShelf } from '../sound-shelf'
import { createFakePictures, createReadyEngine } from './fakes'
import { createVoiceStore } from './voice-store'

const RATE = 1000
const sound = (seconds: number) => ({
  channels: [new Float32Array(seconds * RATE)],
  sampleRateHz: RATE,
})

function setUp(seconds: number, microphone?: Microphone) {
  const voice = vi.fn<SpeechClient['voice']>(async () => [1, 2])
  const setState = vi.fn<(state: object) => void>()
  const reader: RecordingReader = async () => sound(seconds)
  const store = createVoiceStore({
    client: { voice },
    engine: createReadyEngine(),
    shelf: createSoundShelf(createFakePictures()),
    playback: { pause: () => {} },
    speak: { setState },
    microphone: microphone ?? { open: () => Promise.reject(new Error('not asked for')) },
    reader,
  })
  return { store, voice, setState }
}

test('nothing is read before somebody said that the speaker agrees', async () => {
  const { store, voice } = setUp(8)
  await store.openFile(new Blob())
  await store.record()
  expect(voice).not.toHaveBeenCalled()
  expect(store.getState()).toMatchObject({ phase: 'idle', error: null })
})

test('a recording becomes the voice; of a long one the first seconds', async () => {
  for (const [seconds, used, line] of [
    [8, 8, /made from 8\.00 s/],
    [40, 15, /the first 15\.0 s/],
  ] as const) {
    const { store, voice, setState } = setUp(seconds)
    store.agree(true)
    await store.openFile(new Blob())
    expect(voice.mock.calls[0][0].samples).toHaveLength(used * RATE)
    expect(setState).toHaveBeenCalledWith({ voice: { kind: 'vector', vector: [1, 2] } })
    expect(store.getState().notice).toMatch(line)
  }
})

test('too short is said, and changes nothing', async () => {
  const { store, setState } = setUp(4)
  store.agree(true)
  await store.openFile(new Blob())
  expect(store.getState()).toMatchObject({ phase: 'idle', error: { code: 'audio-empty' } })
  expect(setState).not.toHaveBeenCalled()
})

test('the microphone stops by itself after the longest useful time, or is forgotten', async () => {
  let settle: (captured: Captured) => void = () => {}
  const cancel = vi.fn<() => void>()
  let onLevel: (seconds: number, level: number) => void = () => {}
  const microphone: Microphone = {
    open: async (listener) => {
      onLevel = listener
      const finished = new Promise<Captured>((resolve) => {
        settle = resolve
      })
      const stop = () =>
        settle({ samples: sound(15).channels[0], sampleRateHz: RATE, endedBy: 'person', lostSamples: 0 })
      return { sampleRateHz: RATE, finished, stop, pause: () => {}, resume: () => {}, cancel }
    },
  }
  const { store, setState } = setUp(8, microphone)
  store.agree(true)
  const recording = store.record()
  await vi.waitFor(() => expect(store.getState().phase).toBe('recording'))
  onLevel(3, 0.5)
  expect(store.getState()).toMatchObject({ recordedSeconds: 3, level: 0.5 })
  await Promise.resolve()
  onLevel(15, 0.5)
  await recording
  expect(setState).toHaveBeenCalledOnce()

  const forgotten = store.record()
  await vi.waitFor(() => expect(store.getState().phase).toBe('recording'))
  store.cancel()
  await forgotten
  await vi.waitFor(() => expect(cancel).toHaveBeenCalled())
  expect(setState).toHaveBeenCalledOnce()
})
