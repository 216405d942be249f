/**
 * Owns: speaking. The settings of the next take, the run in progress (plan, units drawn so far, its growing sound) and
 * the last takes. A failed or stopped run loses nothing that was typed. Sounds are held by the shelf, by number.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, toPlainError, type PlainError } from '../../speech/errors'
import type { Phone, Unit } from '../../speech/3-units/vocabulary'
import type { SpeechClient } from '../../workers/client'
import type { Cuts, SpeakPlan, WorkerMessage } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import type { LiveSound, SoundShelf } from '../sound-shelf'
import { TEMPERATURE_DEFAULT } from '../words/temperature'
import { untilAborted, type EngineStore } from './engine-store'
import type { PlaybackStore } from './playback-store'
import { spokenToTimeline, type Timeline } from './timeline'

const KEPT_TAKES = 6
export const SEED_MAX = 999_999

export interface SpeakSettings {
  readonly text: string
  readonly voice: string
  readonly temperature: number
  readonly seed: number
  /** What may not be drawn, however hot. */
  readonly cuts: Cuts
}

export const NO_CUTS: Cuts = { topK: 0, topP: 1, minP: 0 }

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
  speak(): Promise<void>
  stop(): void
  addTake(take: Take): void
}

export interface SpeakPorts {
  readonly client: Pick<SpeechClient, 'speak'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'begin' | 'drop'>
  readonly playback: Pick<PlaybackStore, 'wake' | 'play' | 'pause'>
}

export function createSpeakStore(ports: SpeakPorts): SpeakStore {
  const { client, engine, shelf, playback } = ports
  const store = createStore<SpeakState>(() => ({
    text: '',
    voice: 'af_heart',
    temperature: TEMPERATURE_DEFAULT,
    seed: 1,
    cuts: NO_CUTS,
    phase: 'idle',
    plan: null,
    drawnUnits: [],
    reachedPhone: 0,
    takes: [],
    shown: null,
    error: null,
  }))
  let abort: AbortController | undefined

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
    const { text, temperature, seed, cuts } = settings
    if (text.trim() === '')
      throw new ConvergeError('text-empty', 'There is nothing to say yet: type a sentence.')
    const report = await untilAborted(engine.ensure('any'), signal)
    store.setState({ phase: 'planning' })
    const live = shelf.begin(report.sampleRateHz)
    try {
      const request = { ...toWanted(settings), temperature, cuts, seed }
      const spoken = await client.speak(request, (message) => onEvent(message, live), signal)
      await live.finish()
      const plan = store.getState().plan ?? phonesAlone(spoken.phones)
      const timeline = spokenToTimeline(spoken, plan, report.frameRateHz)
      addTake({ ...settings, soundId: live.id, plan, timeline, isStored: false })
    } catch (thrown) {
      playback.pause()
      shelf.drop(live.id)
      throw thrown
    }
  }

  return {
    ...store,
    addTake,
    async speak() {
      if (abort) return
      const current = new AbortController()
      abort = current
      const { text, voice, temperature, seed, cuts } = store.getState()
      store.setState({ phase: 'waiting', plan: null, drawnUnits: [], reachedPhone: 0, error: null })
      try {
        playback.wake()
        playback.pause()
        await run({ text, voice, temperature, seed, cuts }, current.signal)
      } catch (thrown) {
        const error = toPlainError(thrown)
        if (error.code === 'worker-stopped') engine.forget()
        if (error.code !== 'cancelled') store.setState({ error })
      } finally {
        abort = undefined
        store.setState({ phase: 'idle' })
      }
    },
    stop() {
      abort?.abort()
      playback.pause()
    },
  }
}

/** What is said and by whom, as a request has it. */
export const toWanted = ({ text, voice }: SpeakSettings) => ({ text, voice: { name: voice } })

const phonesAlone = (phones: readonly Phone[]): SpeakPlan => ({
  phones,
  utteranceEnds: [phones.length],
  words: [],
  skipped: [],
})
