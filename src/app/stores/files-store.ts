/**
 * Owns: several files, heard one after the other. Each keeps its result and, where a transcript came with it, how wrong that
 * is; its sound is dropped as soon as it is heard, and opened again from the file when a person wants to see it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, toPlainError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import { refuseTooLong, type RecordingReader } from '../ports/recording-file'
import type { SoundShelf } from '../sound-shelf'
import { isTranscriptName, readTranscripts, toStem, type Transcripts } from '../words/transcripts'
import { untilAborted, type EngineStore } from './engine-store'
import {
  isUnmeasured,
  newFile,
  toWaiting,
  withReference,
  type FilesState,
  type HeardFile,
} from './files-state'
import type { ListenStore } from './listen-store'
import { createWork } from './work'

export interface FilesStore extends StoreApi<FilesState> {
  /** Recordings join the list, transcripts find theirs; then all that wait are heard. */
  add(files: readonly File[]): Promise<void>
  /** Hears what still waits. */
  run(): Promise<void>
  /** Hears those that failed once more. */
  retry(): Promise<void>
  cancel(): void
  clear(): void
  /** Shows one with all that was heard, without hearing it again. */
  open(id: number): Promise<void>
}

export interface FilesPorts {
  readonly client: Pick<SpeechClient, 'listen' | 'measure'>
  readonly engine: Pick<EngineStore, 'ensure'>
  readonly shelf: Pick<SoundShelf, 'add' | 'copy' | 'drop'>
  readonly reader: RecordingReader
  readonly listen: Pick<ListenStore, 'getState' | 'openHeard'>
}

const MOST_FILES = 500
const EMPTY: FilesState = { files: [], isRunning: false, query: '', error: null }

export function createFilesStore(ports: FilesPorts): FilesStore {
  const { client, engine, shelf, reader, listen } = ports
  const store = createStore<FilesState>(() => EMPTY)
  const blobs = new Map<number, File>()
  let transcripts: Transcripts = new Map()
  let lastId = 0
  const running = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ isRunning: false }),
  })

  function change(id: number, news: Partial<HeardFile>): void {
    store.setState(({ files }) => ({
      files: files.map((file) => (file.id === id ? { ...file, ...news } : file)),
    }))
  }

  async function hear({ id }: HeardFile, signal: AbortSignal): Promise<void> {
    const blob = blobs.get(id)
    if (!blob)
      throw new ConvergeError('internal', 'This file is not there any more. Add it again.', { found: id })
    const { tokenizer, closely } = listen.getState()
    change(id, { phase: 'opening', error: null })
    await untilAborted(engine.ensure(tokenizer), signal)
    const source = await shelf.add(await untilAborted(reader(blob), signal))
    const { sampleRateHz } = source
    const seconds = source.lengthSamples() / sampleRateHz
    let samples: Float32Array<ArrayBuffer>
    try {
      refuseTooLong(seconds)
      samples = await shelf.copy(source.id)
    } finally {
      shelf.drop(source.id)
    }
    signal.throwIfAborted()
    change(id, { phase: 'listening', seconds, progress: 0 })
    const call = { samples, sampleRateHz, tokenizer, closely }
    const result = await client.listen(
      call,
      (message) => {
        if (message.type === 'progress' && message.stage === 'listen')
          change(id, { progress: message.done / Math.max(1, message.total) })
      },
      signal,
    )
    signal.throwIfAborted()
    change(id, { result, tokenizer, phase: 'done', progress: 1 })
  }

  async function measure({ id, result, reference }: HeardFile, signal: AbortSignal): Promise<void> {
    if (!result || reference === null) return
    const { text, phones } = result
    const call = { reference, text, phones: phones.map(({ phone }) => phone) }
    const measured = await client.measure(call, undefined, signal)
    change(id, { words: measured.words, phones: measured.phones })
  }

  /** What goes wrong is this file's alone, unless it was stopped: then the file waits again. */
  async function attempt(
    file: HeardFile,
    signal: AbortSignal,
    job: (file: HeardFile, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    try {
      await job(file, signal)
    } catch (thrown) {
      signal.throwIfAborted()
      const phase = job === hear ? 'failed' : file.phase
      change(file.id, { phase, error: toPlainError(thrown) })
    }
  }

  async function run(): Promise<void> {
    if (running.isBusy()) return
    await running.run(async (signal) => {
      store.setState({ isRunning: true })
      for (;;) {
        signal.throwIfAborted()
        const { files } = store.getState()
        const waiting = files.find(({ phase }) => phase === 'waiting')
        const unmeasured = files.find(isUnmeasured)
        if (unmeasured) await attempt(unmeasured, signal, measure)
        else if (waiting) await attempt(waiting, signal, hear)
        else return
      }
    })
  }

  function cancel(): void {
    running.stop()
    store.setState(({ files }) => ({ files: files.map(toWaiting) }))
  }

  async function add(given: readonly File[]): Promise<void> {
    store.setState({ error: null })
    try {
      const texts = given.filter(({ name }) => isTranscriptName(name))
      const read = await Promise.all(
        texts.map(async (file) => ({ name: file.name, text: await file.text() })),
      )
      transcripts = new Map([...transcripts, ...readTranscripts(read)])
    } catch (thrown) {
      store.setState({ error: toPlainError(thrown) })
    }
    const recordings = given.filter(({ name }) => !isTranscriptName(name) && !name.startsWith('.'))
    const room = MOST_FILES - store.getState().files.length
    if (recordings.length > room) {
      const error = new ConvergeError('option-invalid', `At most ${MOST_FILES} files can stand in the list.`)
      store.setState({ error: toPlainError(error) })
    }
    const fresh = recordings.slice(0, room).map((blob) => {
      lastId += 1
      blobs.set(lastId, blob)
      return newFile(lastId, blob.name)
    })
    store.setState(({ files }) => ({
      files: [...files, ...fresh].map((file) => withReference(file, transcripts.get(toStem(file.name)))),
    }))
    await run()
  }

  return {
    ...store,
    add,
    run,
    cancel,
    async retry() {
      store.setState(({ files }) => ({
        files: files.map((file) =>
          file.phase === 'failed' ? { ...file, phase: 'waiting', error: null } : file,
        ),
      }))
      await run()
    },
    clear() {
      running.stop()
      blobs.clear()
      transcripts = new Map()
      store.setState(EMPTY)
    },
    async open(id) {
      const file = store.getState().files.find((one) => one.id === id)
      const blob = blobs.get(id)
      if (!file?.result || !file.tokenizer || !blob) return
      await listen.openHeard(blob, { title: file.name, said: file.reference }, file.result, file.tokenizer)
    },
  }
}
