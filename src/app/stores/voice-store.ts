/**
 * Owns: making a voice from a recording: the microphone or a file becomes a few seconds of sound, the voice encoder makes
 * a vector of them, and that becomes the voice of the next take. The recording is dropped at once. Nothing is recorded
 * before a person has said that the speaker agrees.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, type PlainError } from '../../speech/errors'
import type { SpeechClient } from '../../workers/client'
import type { SoundData } from '../../workers/spectrogram'
import type { Capture, Microphone } from '../ports/microphone'
import { refuseTooLong, type RecordingReader } from '../ports/recording-file'
import type { SoundShelf } from '../sound-shelf'
import { formatSeconds } from '../words/format'
import { untilAborted, type EngineStore } from './engine-store'
import type { PlaybackStore } from './playback-store'
import type { SpeakStore } from './speak-store'
import { createWork } from './work'

export const VOICE_SECONDS = { least: 5, most: 15 } as const

export interface VoiceState {
  readonly phase: 'idle' | 'recording' | 'reading'
  /** That the speaker agrees. */
  readonly isAgreed: boolean
  readonly recordedSeconds: number
  /** Loudest sample of the last moment, 0 … 1. */
  readonly level: number
  /** What was made last, in one line. */
  readonly notice: string | null
  readonly error: PlainError | null
}

export interface VoiceStore extends StoreApi<VoiceState> {
  agree(isAgreed: boolean): void
  record(): Promise<void>
  stopRecording(): void
  openFile(file: Blob): Promise<void>
  cancel(): void
}

export interface VoicePorts {
  readonly client: Pick<SpeechClient, 'voice'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'add' | 'drop'>
  readonly playback: Pick<PlaybackStore, 'pause'>
  readonly speak: Pick<SpeakStore, 'setState'>
  readonly microphone: Microphone
  readonly reader: RecordingReader
}

export function createVoiceStore(ports: VoicePorts): VoiceStore {
  const { client, engine, shelf, playback, speak } = ports
  const quiet = { phase: 'idle', recordedSeconds: 0, level: 0 } as const
  const store = createStore<VoiceState>(() => ({ ...quiet, isAgreed: false, notice: null, error: null }))
  const making = createWork({
    failed: (error) => store.setState({ error }),
    ended() {
      capture = undefined
      store.setState(quiet)
    },
  })
  let capture: Capture | undefined

  async function toVoice(data: SoundData, signal: AbortSignal): Promise<void> {
    store.setState({ phase: 'reading' })
    const source = await shelf.add(data)
    const { sampleRateHz } = source
    const length = source.lengthSamples()
    const samples = source.read(0, Math.min(length, VOICE_SECONDS.most * sampleRateHz))
    shelf.drop(source.id)
    const seconds = length / sampleRateHz
    refuseTooLong(seconds)
    if (seconds < VOICE_SECONDS.least) throw tooShort(seconds)
    await untilAborted(engine.ensure('any'), signal)
    const vector = await client.voice({ samples, sampleRateHz }, undefined, signal)
    speak.setState({ voice: { kind: 'vector', vector } })
    const used = Math.min(seconds, VOICE_SECONDS.most)
    const notice = `The next take has this voice, made from ${seconds > used ? 'the first ' : ''}${formatSeconds(used)}. The recording is forgotten.`
    store.setState({ notice })
  }

  async function record(signal: AbortSignal): Promise<void> {
    const opening = ports.microphone.open((recordedSeconds, level) => {
      store.setState({ recordedSeconds, level })
      if (recordedSeconds >= VOICE_SECONDS.most) capture?.stop()
    })
    const letGo = () => void opening.then((opened) => opened.cancel()).catch(() => undefined)
    signal.addEventListener('abort', letGo, { once: true })
    capture = await untilAborted(opening, signal)
    const { samples, sampleRateHz } = await untilAborted(capture.finished, signal)
    await toVoice({ channels: [samples], sampleRateHz }, signal)
  }

  async function work(phase: VoiceState['phase'], job: (signal: AbortSignal) => Promise<void>) {
    if (making.isBusy() || !store.getState().isAgreed) return
    await making.run((signal) => {
      playback.pause()
      store.setState({ ...quiet, phase, notice: null, error: null })
      return job(signal)
    })
  }

  return {
    ...store,
    agree: (isAgreed) => store.setState({ isAgreed }),
    record: () => work('recording', record),
    stopRecording: () => (capture ? capture.stop() : making.stop()),
    openFile: (file) =>
      work('reading', async (signal) => toVoice(await untilAborted(ports.reader(file), signal), signal)),
    cancel: making.stop,
  }
}

function tooShort(seconds: number): ConvergeError {
  const { least, most } = VOICE_SECONDS
  return new ConvergeError(
    'audio-empty',
    `A voice needs ${least} to ${most} seconds of speech; this is ${formatSeconds(seconds)}. Record a little more.`,
    { wantedSeconds: least, foundSeconds: seconds },
  )
}
