import { expect, test, vi } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { HeardPhone, ListenResult } from '../../workers/protocol'
import type { Captured, Microphone } from '../ports/microphone'
import type { RecordingReader } from '../ports/recording-file'
import { createSoundShelf } from '../sound-shelf'
import { createFakePictures, createReadyEngine } from './fakes'
import { createListenStore } from './listen-store'

const phone: HeardPhone = { phone: 'S', startSeconds: 0, endSeconds: 0.1, probability: 0.9 }
const word = { word: 's', startSeconds: 0, endSeconds: 0.1, probability: 0.9 }
const result: ListenResult = { text: 's', words: [], phones: [phone], units: [7], seconds: 1, totalMs: 1 }

const listenWell: SpeechClient['listen'] = async (_call, onEvent) => {
  onEvent?.({ type: 'tokenized', id: 1, units: [7] })
  onEvent?.({ type: 'heard', id: 1, phones: [phone] })
  return result
}
const liveWell: SpeechClient['live'] = (_call, onEvent) => {
  onEvent({ type: 'supposed', id: 1, words: [word] })
  onEvent({ type: 'worded', id: 1, words: [word] })
  return { push: () => {}, end: () => {}, finished: Promise.resolve(result) }
}
const readWell: RecordingReader = async () => ({ channels: [new Float32Array(16_000)], sampleRateHz: 16_000 })

interface Parts {
  readonly listen?: SpeechClient['listen']
  readonly live?: SpeechClient['live']
  readonly reader?: RecordingReader
  readonly microphone?: Microphone
}

function setUp({ listen = listenWell, live = liveWell, reader = readWell, microphone }: Parts = {}) {
  const shelf = createSoundShelf(createFakePictures())
  const store = createListenStore({
    client: { listen, live },
    engine: createReadyEngine(),
    shelf,
    playback: { pause: () => {} },
    microphone: microphone ?? { open: () => Promise.reject(new Error('no microphone here')) },
    reader,
    fetchExample: async () => new Blob(['x']),
  })
  return { store, shelf }
}

const NO_CAPTURE = {
  sampleRateHz: 16_000,
  stop: () => {},
  pause: () => {},
  resume: () => {},
  cancel: () => {},
}
const captureOf = (captured: Captured): Microphone => ({
  open: async (onLevel) => {
    onLevel(0.5, 0.2)
    return { ...NO_CAPTURE, finished: Promise.resolve(captured) }
  },
})

test('a file becomes a sound, then units, phones and words', async () => {
  const { store, shelf } = setUp()
  await store.openFile(new Blob(['x']), 'a.wav')
  const { recording, phones, units, result: heard, phase } = store.getState()
  expect(phase).toBe('idle')
  expect(recording).toMatchObject({ title: 'a.wav', seconds: 1, said: null })
  expect({ phones, units, text: heard?.text }).toEqual({ phones: [phone], units: [7], text: 's' })
  expect(shelf.source(1)).toBeDefined()
})

test('an example carries what was said; the sound before it goes', async () => {
  const { store, shelf } = setUp()
  const example = { file: 'b.wav', title: 'B', text: 'so it was', credit: 'nobody' }
  await store.openExample(example)
  await store.openExample(example)
  expect(store.getState().recording).toMatchObject({ title: 'B', said: 'so it was', soundId: 2 })
  expect(shelf.source(1)).toBeUndefined()
})

test('a file that is no sound is said; what was heard before stays', async () => {
  let isBroken = false
  const { store } = setUp({
    reader: async (file) => {
      if (isBroken) throw new ConvergeError('audio-unreadable', 'This is no sound.')
      return readWell(file)
    },
  })
  await store.openFile(new Blob(['x']), 'a.wav')
  isBroken = true
  await store.openFile(new Blob(['y']), 'b.wav')
  expect(store.getState()).toMatchObject({
    phase: 'idle',
    error: { code: 'audio-unreadable' },
    recording: { title: 'a.wav' },
    phones: [phone],
  })
})

test('too long a sound is refused and not kept', async () => {
  const { store, shelf } = setUp({
    reader: async () => ({ channels: [new Float32Array(2 * 60 * 60 + 1)], sampleRateHz: 1 }),
  })
  await store.openFile(new Blob(['x']), 'long.wav')
  expect(store.getState()).toMatchObject({ error: { code: 'audio-too-long' }, recording: null })
  expect(shelf.source(1)).toBeUndefined()
})

test('cancelling keeps the recording and what was heard so far', async () => {
  const { store } = setUp({
    listen: (_call, onEvent, signal) =>
      new Promise((_, reject) => {
        onEvent?.({ type: 'heard', id: 1, phones: [phone] })
        signal?.addEventListener('abort', () => reject(new ConvergeError('cancelled', 'Stopped.')))
      }),
  })
  const listening = store.openFile(new Blob(['x']), 'a.wav')
  await vi.waitFor(() => expect(store.getState().phones).toHaveLength(1))
  store.cancel()
  await listening
  expect(store.getState()).toMatchObject({ phase: 'idle', error: null, result: null, phones: [phone] })
  expect(store.getState().recording?.title).toBe('a.wav')
})

test('an unplugged microphone: the part until then is kept and heard', async () => {
  const samples = new Float32Array(32_000)
  const microphone = captureOf({ samples, sampleRateHz: 16_000, endedBy: 'device', lostSamples: 0 })
  const { store } = setUp({ microphone })
  await store.record()
  expect(store.getState()).toMatchObject({ phase: 'idle', error: null, recording: { seconds: 2 } })
  expect(store.getState().notice).toContain('2.00 s')
  expect(store.getState().result?.text).toBe('s')
})

test('a recording can be given up, also while the browser still asks', async () => {
  const cancel = vi.fn<() => void>()
  let allow = () => {}
  const allowed = new Promise<void>((resolve) => {
    allow = resolve
  })
  const { store } = setUp({
    microphone: {
      open: async () => {
        await allowed
        return { ...NO_CAPTURE, finished: new Promise<Captured>(() => {}), cancel }
      },
    },
  })
  const asking = store.record()
  store.stopRecording()
  await asking
  expect(store.getState()).toMatchObject({ phase: 'idle', error: null, recording: null })
  allow()
  await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
  const recording = store.record()
  await new Promise((resolve) => setTimeout(resolve, 5))
  store.cancel()
  await recording
  expect(store.getState().phase).toBe('idle')
  await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(2))
})

test('a refused microphone is said', async () => {
  const refusal = new ConvergeError('microphone-denied', 'Not allowed.')
  const { store } = setUp({ microphone: { open: () => Promise.reject(refusal) } })
  await store.record()
  expect(store.getState()).toMatchObject({ phase: 'idle', error: { code: 'microphone-denied' } })
})

test('lost samples are said; live words make way for the result', async () => {
  const samples = new Float32Array(32_000)
  const microphone = captureOf({ samples, sampleRateHz: 16_000, endedBy: 'person', lostSamples: 800 })
  const { store } = setUp({ microphone })
  const seen: number[] = []
  store.subscribe(({ live }) => seen.push(live.words.length))
  await store.record()
  expect(Math.max(...seen)).toBe(1)
  expect(store.getState().live.words).toEqual([])
  expect(store.getState().notice).toContain('lost 0.05 s')
})

test('a recording is heard once, or closely where that is wanted', async () => {
  const listen = vi.fn<SpeechClient['listen']>(listenWell)
  const { store } = setUp({ listen })
  await store.openFile(new Blob(['x']), 'a.wav')
  store.setState({ closely: true })
  await store.listenAgain()
  expect(listen.mock.calls.map(([request]) => request.closely)).toEqual([false, true])
})

test('both tokenizers: the other result stands beside the first', async () => {
  const { store } = setUp()
  await store.openFile(new Blob(['x']), 'a.wav')
  await store.hearWithOther()
  const { results, tokenizer, result: shown } = store.getState()
  expect(Object.keys(results).toSorted()).toEqual(['mel', 'whisper'])
  expect({ tokenizer, shown }).toEqual({ tokenizer: 'whisper', shown: result })
})

test('what was heard before is opened, not heard again', async () => {
  const listen = vi.fn<SpeechClient['listen']>(listenWell)
  const { store } = setUp({ listen })
  await store.openHeard(new Blob(['x']), { title: 'a.wav', said: 'ess' }, { ...result, text: 'kept' }, 'mel')
  expect(listen).not.toHaveBeenCalled()
  expect(store.getState()).toMatchObject({ result: { text: 'kept' }, recording: { said: 'ess' } })
  // Whatever the switch shows, it was the own encoder that heard this; the other one is Whisper.
  expect(store.getState()).toMatchObject({ tokenizer: 'whisper', heardBy: 'mel' })
  await store.hearWithOther()
  expect(listen.mock.lastCall?.[0].tokenizer).toBe('whisper')
  expect(store.getState().results).toMatchObject({ mel: { text: 'kept' }, whisper: { text: 's' } })
})

test('another recording that is opened while the other tokenizer listens keeps what is heard in it', async () => {
  const listen = vi.fn<SpeechClient['listen']>(listenWell)
  const { store } = setUp({ listen })
  await store.openFile(new Blob(['x']), 'a.wav')
  let giveUp = () => {}
  listen.mockImplementationOnce(
    () =>
      new Promise((_, reject) => {
        giveUp = () => reject(new ConvergeError('cancelled', 'Stopped.'))
      }),
  )
  const comparing = store.hearWithOther()
  await vi.waitFor(() => expect(store.getState().phase).toBe('listening'))
  const other = { ...phone, phone: 'Z' }
  listen.mockImplementationOnce(async () => ({ ...result, phones: [other] }))
  await store.openFile(new Blob(['y']), 'b.wav')
  giveUp()
  await comparing
  expect(store.getState()).toMatchObject({ recording: { title: 'b.wav' }, phones: [other] })
})

test('Stop pressed again while the recording is being kept throws nothing away', async () => {
  const samples = new Float32Array(32_000)
  const captured: Captured = { samples, sampleRateHz: 16_000, endedBy: 'person', lostSamples: 0 }
  const { store, shelf } = setUp({ microphone: captureOf(captured) })
  const addNow = shelf.add
  let goOn = () => {}
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const add = vi.spyOn(shelf, 'add').mockImplementation(async (data) => {
    await waiting
    return addNow(data)
  })
  const recording = store.record()
  await vi.waitFor(() => expect(add).toHaveBeenCalled())
  store.stopRecording()
  goOn()
  await recording
  expect(store.getState()).toMatchObject({ phase: 'idle', recording: { seconds: 2 } })
})
