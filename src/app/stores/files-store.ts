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
import { newFile, type FilesState, type HeardFile } from './files-state'
import type { ListenStore } from './listen-store'

export interface FilesStore extends StoreApi<FilesState> {
  /** Recordings join the list, transcripts find theirs; then all that wait are heard. */
  add(files: readonly File[]): Promise<void>
  /** Hears what still waits. */
  run(): Promise<void>
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
  let abort: AbortController | undefined

  function change(id: number, news: Partial<HeardFile>): void {
    store.setState(({ files }) => ({
      files: files.map((file) => (file.id === id ? { ...file, ...news } : file)),
    }))
  }

  async function hear(id: number, blob: File, signal: AbortSignal): Promise<void> {
    const { tokenizer } = listen.getState()
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
    change(id, { phase: 'listening', seconds, progress: 0 })
    const call = { samples, sampleRateHz, tokenizer }
    const result = await client.listen(
      call,
      (message) => {
        if (message.type === 'progress') change(id, { progress: message.done / Math.max(1, message.total) })
      },
      signal,
    )
    change(id, { result, tokenizer })
    await measure(id, signal)
    change(id, { phase: 'done', progress: 1 })
  }

  async function measure(id: number, signal: AbortSignal): Promise<void> {
    const file = store.getState().files.find((one) => one.id === id)
    if (!file?.result || !file.reference) return
    const { text, phones } = file.result
    const call = { reference: file.reference, text, phones: phones.map(({ phone }) => phone) }
    const measured = await client.measure(call, undefined, signal)
    change(id, { words: measured.words, phones: measured.phones })
  }

  /** One job for one file; what goes wrong is that file's alone, unless it was stopped. */
  async function attempt(id: number, signal: AbortSignal, job: () => Promise<void>): Promise<void> {
    const { phase } = store.getState().files.find((file) => file.id === id) ?? {}
    try {
      await job()
    } catch (thrown) {
      if (signal.aborted) change(id, { phase: phase ?? 'waiting', progress: 0 })
      else change(id, { phase: 'failed', error: toPlainError(thrown) })
    }
  }

  async function run(): Promise<void> {
    if (store.getState().isRunning) return
    const current = new AbortController()
    const { signal } = current
    abort = current
    store.setState({ isRunning: true })
    const next = () => store.getState().files.find(({ phase }) => phase === 'waiting')
    for (let file = next(); file && !signal.aborted; file = next()) {
      const { id } = file
      const blob = blobs.get(id)
      if (blob) await attempt(id, signal, () => hear(id, blob, signal))
    }
    const unmeasured = store
      .getState()
      .files.filter(({ result, reference, words }) => result && reference && !words)
    for (const { id } of unmeasured) if (!signal.aborted) await attempt(id, signal, () => measure(id, signal))
    if (abort === current) store.setState({ isRunning: false })
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
      files: [...files, ...fresh].map((file) => ({
        ...file,
        reference: transcripts.get(toStem(file.name)) ?? file.reference,
      })),
    }))
    await run()
  }

  return {
    ...store,
    add,
    run,
    cancel: () => abort?.abort(),
    clear() {
      abort?.abort()
      abort = undefined
      blobs.clear()
      transcripts = new Map()
      store.setState(EMPTY)
    },
    async open(id) {
      const file = store.getState().files.find((one) => one.id === id)
      const blob = blobs.get(id)
      if (file?.result && blob) await listen.openHeard(blob, file.name, file.reference, file.result)
    },
  }
}
