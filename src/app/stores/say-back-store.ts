/**
 * Owns: saying back what was heard, in any voice: its integers straight to the decoder (who spoke changes, how does not), or
 * its words spoken anew. The last sound of each way is kept on the shelf.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { USUAL_VOICE } from '../../speech/voices/usual'
import type { PlainError } from '../../speech/errors'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { SpeechClient } from '../../workers/client'
import type { SpeakRequest, WorkerMessage } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import type { LiveSound, SoundShelf } from '../sound-shelf'
import { untilAborted, type EngineStore } from './engine-store'
import type { ListenStore } from './listen-store'
import type { PlaybackStore } from './playback-store'
import { createWork } from './work'

export type SayBackWay = 'tokens' | 'words'

export interface SayBackState {
  readonly voice: string
  readonly phase: 'idle' | SayBackWay
  readonly sounds: Readonly<Partial<Record<SayBackWay, SoundId>>>
  readonly error: PlainError | null
}

export interface SayBackStore extends StoreApi<SayBackState> {
  say(way: SayBackWay): Promise<void>
  stop(): void
}

interface SayBackPorts {
  readonly client: Pick<SpeechClient, 'decode' | 'speak'>
  readonly engine: Pick<EngineStore, 'ensure'>
  readonly listen: Pick<ListenStore, 'getState' | 'subscribe'>
  readonly shelf: Pick<SoundShelf, 'begin' | 'drop'>
  readonly playback: Pick<PlaybackStore, 'wake' | 'play' | 'pause'>
  /** How words are spoken: as the Speak view is set. */
  readonly speaking: () => Pick<SpeakRequest, 'temperature' | 'cuts' | 'seed'>
}

const SEED = 1
/** Units decoded at once, 10 s: the sound begins soon, and a long recording needs little memory. */
const PIECE_UNITS = 400

export function createSayBackStore(ports: SayBackPorts): SayBackStore {
  const { client, engine, listen, shelf, playback } = ports
  const store = createStore<SayBackState>(() => ({
    voice: USUAL_VOICE,
    phase: 'idle',
    sounds: {},
    error: null,
  }))
  const saying = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ phase: 'idle' }),
  })

  function forget(way: SayBackWay): void {
    const { sounds } = store.getState()
    const before = sounds[way]
    if (before === undefined) return
    shelf.drop(before)
    store.setState({ sounds: { ...sounds, [way]: undefined } })
  }

  async function sayTokens(units: readonly Unit[], sound: LiveSound, signal: AbortSignal): Promise<void> {
    const voice = { name: store.getState().voice }
    for (let first = 0; first < units.length; first += PIECE_UNITS) {
      const piece = units.slice(first, first + PIECE_UNITS)
      sound.append(await client.decode({ units: piece, voice, seed: SEED }, undefined, signal))
    }
  }

  async function sayWords(text: string, sound: LiveSound, signal: AbortSignal): Promise<void> {
    const onEvent = (message: WorkerMessage) => {
      if (message.type === 'audio') sound.append(message.samples)
    }
    const voice = { name: store.getState().voice }
    await client.speak({ text, voice, ...ports.speaking() }, onEvent, signal)
  }

  async function say(way: SayBackWay): Promise<void> {
    const { result } = listen.getState()
    if (!result) return
    await saying.run(async (signal) => {
      playback.pause()
      playback.wake()
      store.setState({ phase: way, error: null })
      forget(way)
      const { sampleRateHz } = await untilAborted(engine.ensure('any'), signal)
      const sound = shelf.begin(sampleRateHz)
      playback.play(sound, 0)
      try {
        if (way === 'tokens') await sayTokens(result.units, sound, signal)
        else await sayWords(result.text, sound, signal)
        await sound.finish()
        signal.throwIfAborted()
      } catch (thrown) {
        playback.pause()
        shelf.drop(sound.id)
        throw thrown
      }
      store.setState(({ sounds }) => ({ sounds: { ...sounds, [way]: sound.id } }))
    })
  }

  listen.subscribe((state, before) => {
    if (state.recording === before.recording) return
    saying.stop()
    forget('tokens')
    forget('words')
  })

  return { ...store, say, stop: saying.stop }
}
