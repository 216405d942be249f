/** Several files: one after the other, each with its own fate; transcripts, totals, search, stopping and going on. */
import { expect, test, vi } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import { wordErrorRate } from '../../speech/measure/errorRate'
import type { SpeechClient } from '../../workers/client'
import type { ListenResult } from '../../workers/protocol'
import { createSoundShelf } from '../sound-shelf'
import { createFakePictures, createReadyEngine } from './fakes'
import { searchFiles, totalOf } from './files-state'
import { createFilesStore } from './files-store'
import { LISTEN_START } from './listen-state'

const heard = (text: string): ListenResult => ({
  text,
  words: [],
  phones: [],
  units: [],
  seconds: 1,
  totalMs: 1,
})
const fileOf = (name: string, text = 'x') => new File([text], name)

function setUp(listen: SpeechClient['listen']) {
  const measure = vi.fn<SpeechClient['measure']>(async ({ reference, text }) => ({
    words: wordErrorRate(reference, text),
    phones: wordErrorRate(reference, text),
  }))
  const openHeard = vi.fn<() => Promise<void>>(async () => {})
  const shelf = createSoundShelf(createFakePictures())
  const store = createFilesStore({
    client: { listen, measure },
    engine: createReadyEngine(),
    shelf,
    reader: async (blob) => {
      if ((await blob.text()) === 'broken') throw new ConvergeError('audio-unreadable', 'This is no sound.')
      return { channels: [new Float32Array(16_000)], sampleRateHz: 16_000 }
    },
    listen: { getState: () => LISTEN_START, openHeard },
  })
  return { store, measure, openHeard, shelf }
}

test('each file has its result or its error; transcripts give rates and a total', async () => {
  const texts = ['one two', 'three four five']
  const { store, shelf, openHeard } = setUp(async () => heard(texts.shift() ?? ''))
  await store.add([
    fileOf('a.wav'),
    fileOf('bad.wav', 'broken'),
    fileOf('b.wav'),
    fileOf('a.txt', 'one too'),
    fileOf('transcripts.json', '{"b.wav": "three four five"}'),
  ])
  const { files, isRunning } = store.getState()
  expect(isRunning).toBe(false)
  expect(files.map(({ name, phase }) => [name, phase])).toEqual([
    ['a.wav', 'done'],
    ['bad.wav', 'failed'],
    ['b.wav', 'done'],
  ])
  expect(files[1].error?.code).toBe('audio-unreadable')
  expect(totalOf(files, 'words')).toEqual({ errors: 1, length: 5, rate: 0.2 })
  expect(shelf.source(1)).toBeUndefined()
  await store.open(files[0].id)
  expect(openHeard).toHaveBeenCalledOnce()
})

test('transcripts may come later', async () => {
  const { store, measure } = setUp(async () => heard('one two'))
  await store.add([fileOf('a.wav')])
  expect(measure).not.toHaveBeenCalled()
  await store.add([fileOf('A.txt', 'one two')])
  expect(totalOf(store.getState().files, 'words')).toMatchObject({ errors: 0, length: 2 })
})

test('stopped: what was heard stays, what waits goes on later', async () => {
  let count = 0
  const { store } = setUp((_call, _onEvent, signal) => {
    count += 1
    if (count !== 2) return Promise.resolve(heard(`text ${count}`))
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new ConvergeError('cancelled', 'Stopped.')))
    })
  })
  const running = store.add([fileOf('a.wav'), fileOf('b.wav'), fileOf('c.wav')])
  await vi.waitFor(() => expect(store.getState().files[1].phase).toBe('listening'))
  store.cancel()
  await running
  expect(store.getState().files.map(({ phase }) => phase)).toEqual(['done', 'waiting', 'waiting'])
  await store.run()
  expect(store.getState().files.map(({ phase }) => phase)).toEqual(['done', 'done', 'done'])
})

test('a transcript that cannot be compared leaves what was heard; another one is compared anew', async () => {
  const { store, measure } = setUp(async () => heard('one two'))
  measure.mockRejectedValueOnce(new ConvergeError('text-unreadable', 'Nothing here can be read aloud.'))
  await store.add([fileOf('a.wav'), fileOf('a.txt', '♪')])
  expect(store.getState().files[0]).toMatchObject({
    phase: 'done',
    result: { text: 'one two' },
    words: null,
    error: { code: 'text-unreadable' },
  })
  await store.add([fileOf('a.txt', 'one two')])
  expect(store.getState().files[0]).toMatchObject({ phase: 'done', words: { errors: 0 }, error: null })
})

test('files that failed are heard once more when asked to, the others are not', async () => {
  const listen = vi.fn<SpeechClient['listen']>(async () => heard('one'))
  listen.mockRejectedValueOnce(new ConvergeError('worker-stopped', 'The speech worker stopped.'))
  const { store } = setUp(listen)
  await store.add([fileOf('a.wav'), fileOf('b.wav')])
  expect(store.getState().files.map(({ phase }) => phase)).toEqual(['failed', 'done'])
  await store.retry()
  expect(store.getState().files.map(({ phase, error }) => [phase, error])).toEqual([
    ['done', null],
    ['done', null],
  ])
  expect(listen).toHaveBeenCalledTimes(3)
})

test('files added while the last is compared are heard too', async () => {
  const { store, measure } = setUp(async () => heard('one two'))
  let goOn = () => {}
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve
  })
  measure.mockImplementationOnce(async ({ reference, text }) => {
    await waiting
    return { words: wordErrorRate(reference, text), phones: wordErrorRate(reference, text) }
  })
  const running = store.add([fileOf('a.wav'), fileOf('a.txt', 'one two')])
  await vi.waitFor(() => expect(measure).toHaveBeenCalled())
  await store.add([fileOf('b.wav')])
  goOn()
  await running
  expect(store.getState().files.map(({ phase }) => phase)).toEqual(['done', 'done'])
})

test('what was heard is opened as what heard it', async () => {
  const { store, openHeard } = setUp(async () => heard('one two'))
  await store.add([fileOf('a.wav')])
  await store.open(store.getState().files[0].id)
  expect(openHeard).toHaveBeenCalledWith(
    expect.anything(),
    { title: 'a.wav', said: null },
    expect.objectContaining({ text: 'one two' }),
    LISTEN_START.tokenizer,
  )
})

test('words are found in what was heard, with what stands around them', async () => {
  const { store } = setUp(async () => heard('the quick brown fox'))
  await store.add([fileOf('a.wav'), fileOf('quick.wav')])
  store.setState({ query: 'BROWN' })
  expect(searchFiles(store.getState()).map(({ excerpt }) => excerpt)).toEqual([
    ['the quick ', 'brown', ' fox'],
    ['the quick ', 'brown', ' fox'],
  ])
  store.setState({ query: 'nothing like it' })
  expect(searchFiles(store.getState())).toEqual([])
})
