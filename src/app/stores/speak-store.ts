/**
 * Owns: speaking. The settings of the next take, the run in progress (plan, units drawn so far, its growing sound) and
 * the last takes. A failed or stopped run loses nothing that was typed. Sounds are held by the shelf, by number.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, type PlainError } from '../../speech/errors'
import type { Phone, Unit } from '../../speech/3-units/vocabulary'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan, WorkerMessage } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import type { LiveSound, SoundShelf } from '../sound-shelf'
import { untilAborted, type EngineStore } from './engine-store'
import type { PlaybackStore } from './playback-store'
import { DEFAULT_SETTINGS, toSettings, toWanted, type SpeakSettings } from './speak-settings'
import { timelineToTokens, tokensToSpokenTake } from './take-data'
import { spokenToTimeline, type Timeline } from './timeline'
import { createWork } from './work'

const KEPT_TAKES = 6

export interface Take extends SpeakSettings {
  readonly soundId: SoundId
  readonly plan: SpeakPlan
  readonly timeline: Timeline
  /** True for the example that is on screen before any model is loaded. */
  readonly isStored: boolean
}

export interface SpeakState extends SpeakSettings {
  readonly phase: 'idle' | 'waiting' | 'planning' | 'drawing'
  readonly plan: SpeakPlan | null
  readonly drawnUnits: readonly Unit[]
  readonly reachedPhone: number
  readonly takes: readonly Take[]
  readonly shown: SoundId | null
  readonly error: PlainError | null
}

export interface SpeakStore extends StoreApi<SpeakState> {
  /** Another text: phones that were edited for the old one go. */
  setText(text: string): void
  speak(): Promise<void>
  stop(): void
  addTake(take: Take): void
  /** The shown take's tokens once more, in the voice and with the moves that are set now. */
  resing(): Promise<void>
}

export interface SpeakPorts {
  readonly client: Pick<SpeechClient, 'speak' | 'sound'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'begin' | 'drop' | 'source'>
  readonly playback: Pick<PlaybackStore, 'wake' | 'play' | 'pause'>
}

export function createSpeakStore(ports: SpeakPorts): SpeakStore {
  const { client, engine, shelf, playback } = ports
  const store = createStore<SpeakState>(() => ({
    ...DEFAULT_SETTINGS,
    phase: 'idle',
    plan: null,
    drawnUnits: [],
    reachedPhone: 0,
    takes: [],
    shown: null,
    error: null,
  }))
  const speaking = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ phase: 'idle' }),
  })

  function addTake(take: Take): void {
    const takes = [take, ...store.getState().takes]
    for (const old of takes.slice(KEPT_TAKES)) shelf.drop(old.soundId)
    store.setState({ takes: takes.slice(0, KEPT_TAKES), shown: take.soundId })
  }

  function onEvent(message: WorkerMessage, live: LiveSound): void {
    if (message.type === 'planned') store.setState({ plan: message.plan, phase: 'drawing' })
    else if (message.type === 'drawn') {
      const { drawnUnits, reachedPhone } = store.getState()
      store.setState({
        drawnUnits: [...drawnUnits, ...message.units],
        reachedPhone: message.phoneIndexes.at(-1) ?? reachedPhone,
      })
    } else if (message.type === 'audio') {
      const isFirst = live.lengthSamples() === 0
      live.append(message.samples)
      if (isFirst) playback.play(live, 0)
    }
  }

  async function run(settings: SpeakSettings, signal: AbortSignal): Promise<void> {
    const { text, phones, moves, temperature, seed, cuts } = settings
    if (text.trim() === '' && !phones)
      throw new ConvergeError('text-empty', 'There is nothing to say yet: type a sentence.')
    const report = await untilAborted(engine.ensure('any'), signal)
    store.setState({ phase: 'planning' })
    const live = shelf.begin(report.sampleRateHz)
    try {
      const request = { ...toWanted(settings), temperature, cuts, seed }
      const spoken = await client.speak(request, (message) => onEvent(message, live), signal)
      await live.finish()
      const plan = store.getState().plan ?? phonesAlone(spoken.phones)
      const timeline = spokenToTimeline(spoken, plan, report.frameRateHz * moves.pace)
      addTake({ ...settings, soundId: live.id, plan, timeline, isStored: false })
    } catch (thrown) {
      playback.pause()
      shelf.drop(live.id)
      throw thrown
    }
  }

  async function work(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (speaking.isBusy()) return
    await speaking.run((signal) => {
      store.setState({ phase: 'waiting', plan: null, drawnUnits: [], reachedPhone: 0, error: null })
      playback.wake()
      playback.pause()
      return job(signal)
    })
  }

  async function singAgain(signal: AbortSignal): Promise<void> {
    const { takes, shown, voice, moves } = store.getState()
    const take = takes.find(({ soundId }) => soundId === shown)
    if (!take) return
    await untilAborted(engine.ensure('any'), signal)
    const settings = { ...take, voice, moves }
    addTake(await tokensToSpokenTake(ports, settings, take.plan, timelineToTokens(take.timeline), signal))
    const source = shelf.source(store.getState().shown ?? -1)
    if (source) playback.play(source, 0)
  }

  return {
    ...store,
    addTake,
    resing: () => work(singAgain),
    setText: (text) => store.setState({ text, phones: undefined }),
    speak: () => work((signal) => run(toSettings(store.getState()), signal)),
    stop() {
      speaking.stop()
      playback.pause()
    },
  }
}

const phonesAlone = (phones: readonly Phone[]): SpeakPlan => ({
  phones,
  utteranceEnds: [phones.length],
  words: [],
  skipped: [],
})
