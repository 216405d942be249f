import { readFile } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { ConvergeError } from '../../speech/errors'
import { parseManifest, type Manifest } from '../../speech/manifest'
import type { EngineChange, SpeechClient } from '../../workers/client'
import type { EngineChoice, TokenizerName } from '../../workers/protocol'
import { createEngineStore } from './engine-store'
import { fakeReport as report } from './fakes'

const noManifest = () => Promise.reject(new ConvergeError('model-missing', 'No manifest.'))

/** The published one, as if it had these tokenizers alone. */
async function readManifest(...tokenizers: readonly TokenizerName[]): Promise<Manifest> {
  const { files, ...manifest } = parseManifest(
    JSON.parse(await readFile('public/models/manifest.json', 'utf8')),
  )
  const [file] = Object.values(files)
  return {
    ...manifest,
    files: Object.fromEntries(tokenizers.map((name) => [`tokenizer-${name}.onnx`, file])),
  }
}

function setUp(load: SpeechClient['load'], fetchManifest: () => Promise<Manifest> = noManifest) {
  let nowMs = 0
  let choice: EngineChoice = 'auto'
  let change: (change: EngineChange) => void = () => {}
  let die = () => {}
  const onEngineChanged: SpeechClient['onEngineChanged'] = (listener) => {
    change = listener
    return () => {}
  }
  const onDied: SpeechClient['onDied'] = (listener) => {
    die = listener
    return () => {}
  }
  const engine = createEngineStore({
    client: { load, onEngineChanged, onDied },
    engineChoice: () => choice,
    fetchManifest,
    nowMs: () => nowMs,
  })
  return {
    engine,
    tick: (ms: number) => (nowMs += ms),
    choose: (engineName: EngineChoice) => (choice = engineName),
    change: (told: EngineChange) => change(told),
    die: () => die(),
  }
}

test('two callers share one loading', async () => {
  const load = vi.fn<SpeechClient['load']>(async () => report)
  const { engine } = setUp(load)
  const [a, b] = await Promise.all([engine.ensure('whisper'), engine.ensure('any')])
  expect(a).toBe(b)
  await engine.ensure('whisper')
  expect(load).toHaveBeenCalledOnce()
  expect(engine.getState().phase).toBe('ready')
})

test('another tokenizer waits for the first, then loads; both stay', async () => {
  const order: TokenizerName[] = []
  const { engine } = setUp(async ({ tokenizer }) => {
    order.push(tokenizer)
    return report
  })
  await Promise.all([engine.ensure('whisper'), engine.ensure('mel'), engine.ensure('whisper')])
  expect(order).toEqual(['whisper', 'mel'])
  await engine.ensure('any')
  await engine.ensure('whisper')
  expect(order).toEqual(['whisper', 'mel'])
})

test('a failure is a state with its sentence, and the next try is a new one', async () => {
  let isBroken = true
  const { engine } = setUp(async () => {
    if (isBroken) throw new ConvergeError('model-damaged', 'The file is damaged.')
    return report
  })
  await expect(engine.ensure('any')).rejects.toThrow('damaged')
  expect(engine.getState()).toMatchObject({ phase: 'failed', error: { code: 'model-damaged' } })
  isBroken = false
  await engine.ensure('any')
  expect(engine.getState()).toMatchObject({ phase: 'ready', error: null })
})

test('cancelling is no error', async () => {
  const { engine } = setUp(
    (_wanted, _onEvent, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new ConvergeError('cancelled', 'Stopped.')))
      }),
  )
  const loading = engine.ensure('any')
  await Promise.resolve()
  await Promise.resolve()
  engine.cancel()
  await expect(loading).rejects.toThrow('Stopped')
  expect(engine.getState()).toMatchObject({ phase: 'stopped', error: null })
})

test('what a stopped change of engine left in the worker is asked of the worker', async () => {
  const load = vi.fn<SpeechClient['load']>(async () => report)
  const { engine, choose } = setUp(load)
  await engine.ensure('mel')
  choose('wgsl')
  load.mockRejectedValueOnce(new ConvergeError('cancelled', 'Stopped.'))
  await expect(engine.ensure('any')).rejects.toThrow('Stopped')
  expect(engine.getState()).toMatchObject({ phase: 'ready', error: null })
  choose('auto')
  await engine.ensure('any')
  expect(load.mock.calls.map(([wanted]) => wanted)).toEqual([
    { tokenizer: 'mel', engine: 'auto' },
    { tokenizer: 'mel', engine: 'wgsl' },
    { tokenizer: 'mel', engine: 'auto' },
  ])
})

test('where nothing is loaded yet, any tokenizer is one that the models have', async () => {
  const load = vi.fn<SpeechClient['load']>(async () => report)
  load.mockRejectedValueOnce(new ConvergeError('cancelled', 'Stopped.'))
  const { engine } = setUp(load, () => readManifest('mel'))
  await engine.readCatalogue()
  await expect(engine.ensure('mel')).rejects.toThrow('Stopped')
  await engine.ensure('any')
  expect(load.mock.calls.map(([{ tokenizer }]) => tokenizer)).toEqual(['mel', 'mel'])
})

test('a catalogue that failed is read again with the models, whether they came or not', async () => {
  const load = vi.fn<SpeechClient['load']>(async () => report)
  load.mockRejectedValueOnce(new ConvergeError('model-missing', 'The server is gone.'))
  const fetchManifest = vi.fn<() => Promise<Manifest>>(() => readManifest('whisper'))
  fetchManifest.mockImplementationOnce(noManifest).mockImplementationOnce(noManifest)
  const { engine } = setUp(load, fetchManifest)
  await engine.readCatalogue()
  expect(engine.getState().error).toMatchObject({ message: 'No manifest.' })
  await expect(engine.ensure('any')).rejects.toThrow('gone')
  expect(engine.getState().error).toMatchObject({ message: 'The server is gone.' })
  await engine.ensure('any')
  await vi.waitFor(() => expect(engine.getState().catalogue?.tokenizers).toEqual(['whisper']))
  await engine.ensure('mel')
  expect(fetchManifest).toHaveBeenCalledTimes(3)
})

test('progress is shown now and then, and always at its end', async () => {
  const shown: number[] = []
  const { engine, tick } = setUp(async (_wanted, onEvent) => {
    for (let done = 1; done <= 100; done += 1) {
      tick(10)
      onEvent?.({ type: 'progress', id: 1, stage: 'download', done, total: 100, unit: 'bytes' })
    }
    return report
  })
  engine.subscribe(({ progress }) => progress && shown.push(progress.done))
  await engine.ensure('any')
  expect(shown.length).toBeLessThan(12)
  expect(shown.at(-1)).toBe(100)
})

test('another wish for the engine loads again, with the same tokenizer', async () => {
  const load = vi.fn<SpeechClient['load']>(async () => report)
  const { engine, choose } = setUp(load)
  await engine.ensure('mel')
  choose('wgsl')
  await engine.ensure('any')
  await engine.ensure('mel')
  expect(load.mock.calls.map(([wanted]) => wanted)).toEqual([
    { tokenizer: 'mel', engine: 'auto' },
    { tokenizer: 'mel', engine: 'wgsl' },
  ])
})

test('a change of engine is told with its line, until the models are loaded again', async () => {
  const { engine, choose, change } = setUp(async () => report)
  await engine.ensure('any')
  const inUse = { engine: 'wasm', reason: 'It stands in.', rejected: [], networksReason: '' } as const
  change({ inUse, notice: 'The device was lost.' })
  expect(engine.getState()).toMatchObject({ report: inUse, notice: 'The device was lost.' })
  choose('wasm')
  await engine.ensure('any')
  expect(engine.getState().notice).toBeNull()
})

test('what a worker had loaded dies with it, and is loaded again when it is wanted', async () => {
  const load = vi.fn<SpeechClient['load']>(async () => report)
  const { engine, die } = setUp(load)
  await engine.ensure('mel')
  die()
  expect(engine.getState()).toMatchObject({ phase: 'idle', report: null })
  await engine.ensure('any')
  expect(engine.getState().phase).toBe('ready')
  expect(load.mock.calls.map(([{ tokenizer }]) => tokenizer)).toEqual(['mel', 'mel'])
})
