/**
 * Owns: listening. A recording (microphone, file or example) becomes a sound on the shelf; then units, phones and words
 * arrive. What was recorded or heard so far stays when a run fails or is stopped.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toPlainError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { WorkerMessage } from '../../workers/protocol'
import type { SoundData } from '../../workers/spectrogram'
import { refuseTooLong, type RecordingReader } from '../ports/recording-file'
import type { Capture, Microphone } from '../ports/microphone'
import type { SoundShelf } from '../sound-shelf'
import { formatSeconds } from '../words/format'
import { untilAborted, type EngineStore } from './engine-store'
import { NOTHING_HEARD, type ExampleRecording, type ListenState, type Recording } from './listen-state'
import type { PlaybackStore } from './playback-store'

export interface ListenStore extends StoreApi<ListenState> {
  record(): Promise<void>
  stopRecording(): void
  openFile(file: Blob, title: string): Promise<void>
  openExample(example: ExampleRecording): Promise<void>
  listenAgain(): Promise<void>
  cancel(): void
}

export interface ListenPorts {
  readonly client: Pick<SpeechClient, 'listen'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'add' | 'copy' | 'source' | 'picture' | 'drop'>
  readonly playback: Pick<PlaybackStore, 'pause'>
  readonly microphone: Microphone
  readonly reader: RecordingReader
  readonly fetchExample: (file: string) => Promise<Blob>
}

export function createListenStore(ports: ListenPorts): ListenStore {
  const { client, engine, shelf, playback } = ports
  const store = createStore<ListenState>(() => ({
    tokenizer: 'whisper',
    phase: 'idle',
    recording: null,
    recordedSeconds: 0,
    level: 0,
    notice: null,
    error: null,
    ...NOTHING_HEARD,
  }))
  let abort: AbortController | undefined
  let capture: Capture | undefined

  function onEvent(message: WorkerMessage): void {
    const { units, phones } = store.getState()
    if (message.type === 'tokenized') store.setState({ units: [...units, ...message.units] })
    else if (message.type === 'heard') store.setState({ phones: [...phones, ...message.phones] })
    else if (message.type === 'progress') {
      const { stage, done, total } = message
      store.setState({ progress: { stage, done, total } })
    }
  }

  async function keep(
    data: SoundData,
    about: Pick<Recording, 'title' | 'said'>,
    signal: AbortSignal,
  ): Promise<void> {
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
    store.setState({ recording, ...NOTHING_HEARD })
    if (shelf.picture(source.id)?.isCutShort) {
      store.setState({
        notice: 'This file ends before its own header says it does; what is there was opened.',
      })
    }
  }

  async function listen(signal: AbortSignal): Promise<void> {
    const { recording, tokenizer } = store.getState()
    const source = recording && shelf.source(recording.soundId)
    if (!source) return
    store.setState({ phase: 'waiting', ...NOTHING_HEARD })
    await untilAborted(engine.ensure(tokenizer), signal)
    const samples = await shelf.copy(source.id)
    store.setState({ phase: 'listening' })
    const call = { samples, sampleRateHz: source.sampleRateHz, tokenizer }
    const result = await client.listen(call, onEvent, signal)
    store.setState({ result, units: result.units, phones: result.phones })
  }

  /** One piece of work at a time; a new one stops the one before. */
  async function work(
    phase: ListenState['phase'],
    job: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    abort?.abort()
    const current = new AbortController()
    abort = current
    playback.pause()
    store.setState({ phase, error: null, notice: null })
    try {
      await job(current.signal)
    } catch (thrown) {
      const error = toPlainError(thrown)
      if (error.code === 'worker-stopped') engine.forget()
      const isStopped = error.code === 'cancelled' || current.signal.aborted
      if (!isStopped) store.setState({ error })
    } finally {
      if (abort === current) {
        abort = undefined
        capture = undefined
        store.setState({ phase: 'idle', progress: null, level: 0 })
      }
    }
  }

  async function recordAndListen(signal: AbortSignal): Promise<void> {
    store.setState({ recordedSeconds: 0, level: 0 })
    const opening = ports.microphone.open((recordedSeconds, level) => {
      store.setState({ recordedSeconds, level })
    })
    // Whenever it is stopped, asking for leave included, the device is let go.
    const letGo = () => void opening.then((opened) => opened.cancel()).catch(() => undefined)
    signal.addEventListener('abort', letGo, { once: true })
    capture = await untilAborted(opening, signal)
    const { samples, sampleRateHz, endedBy } = await untilAborted(capture.finished, signal)
    const seconds = samples.length / sampleRateHz
    const about = { title: 'Your recording', said: null }
    await keep({ channels: [samples], sampleRateHz }, about, signal)
    if (endedBy === 'device') {
      store.setState({
        notice: `The microphone went away. The ${formatSeconds(seconds)} until then are kept.`,
      })
    } else if (endedBy === 'limit') {
      store.setState({
        notice: 'The recording reached its longest length and was closed; all of it is kept.',
      })
    }
    await listen(signal)
  }

  const openBlob = (about: Pick<Recording, 'title' | 'said'>, getBlob: () => Promise<Blob>) =>
    work('opening', async (signal) => {
      const data = await untilAborted(getBlob().then(ports.reader), signal)
      await keep(data, about, signal)
      await listen(signal)
    })

  return {
    ...store,
    record: () => work('recording', recordAndListen),
    stopRecording: () => (capture ? capture.stop() : abort?.abort()),
    openFile: (file, title) => openBlob({ title, said: null }, () => Promise.resolve(file)),
    openExample: ({ file, title, text }) => openBlob({ title, said: text }, () => ports.fetchExample(file)),
    listenAgain: () => work('waiting', listen),
    cancel: () => abort?.abort(),
  }
}
