/**
 * Owns: a recording at the microphone, heard while it is made: the capture, the live call beside it, and what is kept of
 * both, whoever ends it. The listen store runs it as one of its pieces of work.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { SpeechClient } from '../../workers/client'
import type { ListenResult, TokenizerName, WorkerMessage } from '../../workers/protocol'
import type { SoundData } from '../../workers/spectrogram'
import type { Capture, Captured, Microphone } from '../ports/microphone'
import { formatSeconds } from '../words/format'
import { untilAborted, type EngineStore } from './engine-store'
import { NO_INPUT, NOTHING_LIVE, type About, type ListenState } from './listen-state'
import { createLiveFeed } from './live-feed'

export interface RecorderPorts {
  readonly client: Pick<SpeechClient, 'live'>
  readonly engine: EngineStore
  readonly microphone: Microphone
  readonly store: Pick<StoreApi<ListenState>, 'getState' | 'setState'>
  readonly keep: (data: SoundData, about: About, signal: AbortSignal) => Promise<void>
  readonly understand: (result: ListenResult, tokenizer: TokenizerName) => void
}

export interface Recorder {
  record(this: void, signal: AbortSignal): Promise<void>
  /** False where there is nothing to stop yet: the browser still asks. */
  stop(this: void): boolean
  pause(this: void): void
  resume(this: void): void
  findDevices(this: void): Promise<void>
}

export function createRecorder(ports: RecorderPorts): Recorder {
  const { client, engine, microphone, store, keep, understand } = ports
  let capture: Capture | undefined

  function onLive(message: WorkerMessage): void {
    const { live } = store.getState()
    if (message.type === 'worded')
      store.setState({ live: { ...live, words: [...live.words, ...message.words] } })
    else if (message.type === 'supposed') store.setState({ live: { ...live, supposed: message.words } })
  }

  async function findDevices(): Promise<void> {
    const devices = (await microphone.devices?.()) ?? []
    const { deviceId } = store.getState()
    store.setState({ devices, deviceId: devices.some(({ id }) => id === deviceId) ? deviceId : null })
  }

  async function record(signal: AbortSignal): Promise<void> {
    const { tokenizer, deviceId } = store.getState()
    store.setState({ recordedSeconds: 0, live: NOTHING_LIVE, ...NO_INPUT })
    const feed = createLiveFeed()
    const opening = microphone.open(
      (recordedSeconds, level, warning) => {
        store.setState({ recordedSeconds, level, levelWarning: warning ?? null })
      },
      { onSamples: feed.push, ...(deviceId !== null && { deviceId }) },
    )
    // Whenever it is stopped, asking for leave included, the device is let go.
    const letGo = () => void opening.then((opened) => opened.cancel()).catch(() => undefined)
    signal.addEventListener('abort', letGo, { once: true })
    const opened = await untilAborted(opening, signal)
    capture = opened
    void findDevices()
    const hearing = untilAborted(engine.ensure(tokenizer), signal).then(() =>
      feed.join(client.live({ sampleRateHz: opened.sampleRateHz, tokenizer }, onLive, signal)),
    )
    // What fails meanwhile is told when the recording is kept.
    hearing.catch(() => undefined)
    // Until it is kept, whoever presses Stop again stops what has stopped: nothing is thrown away.
    try {
      const captured = await untilAborted(opened.finished, signal)
      feed.end()
      await keepCaptured(captured, signal)
    } finally {
      if (capture === opened) capture = undefined
    }
    store.setState({ phase: engine.getState().phase === 'ready' ? 'listening' : 'waiting' })
    understand(await hearing, tokenizer)
  }

  async function keepCaptured(captured: Captured, signal: AbortSignal): Promise<void> {
    const { samples, sampleRateHz, endedBy, lostSamples } = captured
    const seconds = samples.length / sampleRateHz
    const about = { title: 'Your recording', said: null }
    await keep({ channels: [samples], sampleRateHz }, about, signal)
    store.setState(NO_INPUT)
    const notices = {
      person: null,
      device: `The microphone went away. The ${formatSeconds(seconds)} until then are kept.`,
      limit: 'The recording reached its longest length and was closed; all of it is kept.',
    }
    const lost =
      lostSamples > 0
        ? `The browser was too busy and lost ${formatSeconds(lostSamples / sampleRateHz)} of the recording.`
        : null
    const notice = [notices[endedBy], lost].filter((sentence) => sentence !== null).join(' ')
    if (notice) store.setState({ notice })
  }

  return {
    record,
    stop() {
      capture?.stop()
      return capture !== undefined
    },
    pause() {
      capture?.pause()
      store.setState({ ...NO_INPUT, isPaused: capture !== undefined })
    },
    resume() {
      capture?.resume()
      store.setState({ isPaused: false })
    },
    findDevices,
  }
}
