/**
 * Owns: listening. A recording (microphone, file or example) becomes a sound on the shelf; then units, phones and words
 * arrive. What was recorded or heard so far stays when a run fails or is stopped.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SpeechClient } from '../../workers/client'
import type { ListenResult, TokenizerName, WorkerMessage } from '../../workers/protocol'
import type { SoundData } from '../../workers/spectrogram'
import { refuseTooLong, type RecordingReader } from '../ports/recording-file'
import type { Microphone } from '../ports/microphone'
import type { SoundShelf } from '../sound-shelf'
import { untilAborted, type EngineStore } from './engine-store'
import {
  LISTEN_START,
  NO_INPUT,
  NOTHING_HEARD,
  NOTHING_LIVE,
  otherTokenizer,
  type About,
  type ExampleRecording,
  type ListenState,
} from './listen-state'
import type { PlaybackStore } from './playback-store'
import { createRecorder } from './recorder'
import { createWork } from './work'

export interface ListenStore extends StoreApi<ListenState> {
  record(): Promise<void>
  stopRecording(): void
  pauseRecording(): void
  resumeRecording(): void
  /** Asks the browser which microphones there are. */
  findDevices(): Promise<void>
  openFile(file: Blob, title: string): Promise<void>
  openExample(example: ExampleRecording): Promise<void>
  /** A recording that was heard before: it is opened, not heard again. */
  openHeard(file: Blob, about: About, result: ListenResult, tokenizer: TokenizerName): Promise<void>
  listenAgain(): Promise<void>
  /** The same recording through the other tokenizer, beside what was heard. */
  hearWithOther(): Promise<void>
  cancel(): void
}

export interface ListenPorts {
  readonly client: Pick<SpeechClient, 'listen' | 'live'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'add' | 'copy' | 'source' | 'picture' | 'drop'>
  readonly playback: Pick<PlaybackStore, 'pause'>
  readonly microphone: Microphone
  readonly reader: RecordingReader
  readonly fetchExample: (file: string) => Promise<Blob>
}

export function createListenStore(ports: ListenPorts): ListenStore {
  const { client, engine, shelf, playback } = ports
  const store = createStore<ListenState>(() => LISTEN_START)
  const listening = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ phase: 'idle', progress: null, live: NOTHING_LIVE, ...NO_INPUT }),
  })

  function onEvent(message: WorkerMessage): void {
    const { units, phones, words } = store.getState()
    if (message.type === 'tokenized') store.setState({ units: [...units, ...message.units] })
    else if (message.type === 'heard') store.setState({ phones: [...phones, ...message.phones] })
    else if (message.type === 'worded') store.setState({ words: [...words, ...message.words] })
    else if (message.type === 'progress') {
      const { stage, done, total } = message
      if (stage !== 'draw') store.setState({ progress: { stage, done, total } })
    }
  }

  function understand(result: ListenResult, tokenizer: TokenizerName): void {
    const { units, phones, words } = result
    const results = { ...store.getState().results, [tokenizer]: result }
    store.setState({ result, heardBy: tokenizer, results, units, phones, words })
  }

  async function keep(data: SoundData, about: About, signal: AbortSignal): Promise<void> {
    const source = await shelf.add(data)
    const seconds = source.lengthSamples() / source.sampleRateHz
    try {
      signal.throwIfAborted()
      refuseTooLong(seconds)
    } catch (thrown) {
      shelf.drop(source.id)
      throw thrown
    }
    const before = store.getState().recording
    if (before) shelf.drop(before.soundId)
    const recording = { ...about, soundId: source.id, seconds }
    store.setState({ recording, results: {}, ...NOTHING_HEARD })
    if (shelf.picture(source.id)?.isCutShort) {
      store.setState({
        notice: 'This file ends before its own header says it does; what is there was opened.',
      })
    }
  }

  async function hear(tokenizer: TokenizerName, signal: AbortSignal): Promise<ListenResult | undefined> {
    const { recording, closely } = store.getState()
    const source = recording && shelf.source(recording.soundId)
    if (!source) return undefined
    store.setState({ phase: 'waiting' })
    // The worker opens another tokenizer by itself.
    await untilAborted(engine.ensure('any'), signal)
    const samples = await shelf.copy(source.id)
    store.setState({ phase: 'listening' })
    return client.listen({ samples, sampleRateHz: source.sampleRateHz, tokenizer, closely }, onEvent, signal)
  }

  async function listen(signal: AbortSignal): Promise<void> {
    const { tokenizer } = store.getState()
    store.setState(NOTHING_HEARD)
    await untilAborted(engine.ensure(tokenizer), signal)
    const result = await hear(tokenizer, signal)
    if (result) understand(result, tokenizer)
  }

  const recorder = createRecorder({ ...ports, store, keep, understand })

  /** One piece of work at a time; a new one stops the one before. */
  function work(phase: ListenState['phase'], job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return listening.run((signal) => {
      playback.pause()
      store.setState({ phase, error: null, notice: null })
      return job(signal)
    })
  }

  const openBlob = (about: About, getBlob: () => Promise<Blob>) =>
    work('opening', async (signal) => {
      const data = await untilAborted(getBlob().then(ports.reader), signal)
      await keep(data, about, signal)
      await listen(signal)
    })

  return {
    ...store,
    record: () => work('recording', recorder.record),
    stopRecording: () => recorder.stop() || listening.stop(),
    pauseRecording: recorder.pause,
    resumeRecording: recorder.resume,
    findDevices: recorder.findDevices,
    openFile: (file, title) => openBlob({ title, said: null }, () => Promise.resolve(file)),
    openExample: ({ file, title, text }) => openBlob({ title, said: text }, () => ports.fetchExample(file)),
    openHeard: (file, about, result, tokenizer) =>
      work('opening', async (signal) => {
        const data = await untilAborted(ports.reader(file), signal)
        await keep(data, about, signal)
        understand(result, tokenizer)
      }),
    listenAgain: () => work('waiting', listen),
    hearWithOther: () =>
      work('waiting', async (signal) => {
        const { recording, heardBy, units, phones, words } = store.getState()
        if (!heardBy) return
        const other = otherTokenizer(heardBy)
        try {
          const result = await hear(other, signal)
          if (result) store.setState(({ results }) => ({ results: { ...results, [other]: result } }))
        } finally {
          // Another recording may have taken its place.
          if (store.getState().recording === recording) store.setState({ units, phones, words })
        }
      }),
    cancel: listening.stop,
  }
}
