/**
 * Owns: which sound plays, and where the playhead stands in it. The moving position is asked for (`nowSeconds`), not
 * stored: sixty state changes a second would redraw the page for one thin line.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SoundId } from '../../workers/spectrogram'
import type { AudioOut, Playing } from '../ports/audio-out'
import type { SoundSource } from '../sound-shelf'

export interface PlaybackState {
  readonly soundId: SoundId | null
  readonly isPlaying: boolean
  /** Where the playhead rests while nothing plays. */
  readonly restSeconds: number
  /** The last sound came to its end; nobody stopped it. */
  readonly hasEnded: boolean
}

export interface PlaybackStore extends StoreApi<PlaybackState> {
  wake(): void
  play(source: SoundSource, fromSeconds: number, toSeconds?: number): void
  /** The playhead stays where it is. */
  pause(): void
  seek(source: SoundSource, seconds: number): void
  /** The playhead in this sound; 0 where another sound has it. */
  nowSeconds(soundId: SoundId): number
}

export function createPlaybackStore(ports: { readonly audio: AudioOut }): PlaybackStore {
  const store = createStore<PlaybackState>(() => ({
    soundId: null,
    isPlaying: false,
    restSeconds: 0,
    hasEnded: false,
  }))
  let playing: Playing | undefined

  function pause(): void {
    if (!playing) return
    const restSeconds = playing.positionSeconds()
    playing.stop()
    playing = undefined
    store.setState({ isPlaying: false, restSeconds })
  }

  function play(source: SoundSource, fromSeconds: number, toSeconds?: number): void {
    pause()
    store.setState({ soundId: source.id, isPlaying: true, restSeconds: fromSeconds, hasEnded: false })
    playing = ports.audio.play(source, fromSeconds, toSeconds, () => {
      playing = undefined
      // A stretch leaves the playhead at its start, to be heard again; a whole sound rewinds.
      const restSeconds = toSeconds === undefined ? 0 : fromSeconds
      store.setState({ isPlaying: false, restSeconds, hasEnded: true })
    })
  }

  return {
    ...store,
    wake: () => ports.audio.wake(),
    play,
    pause,
    seek(source, seconds) {
      const { isPlaying, soundId } = store.getState()
      if (isPlaying && soundId === source.id) play(source, seconds)
      else {
        pause()
        store.setState({ soundId: source.id, restSeconds: seconds, hasEnded: false })
      }
    },
    nowSeconds(soundId) {
      const state = store.getState()
      if (state.soundId !== soundId) return 0
      return playing ? playing.positionSeconds() : state.restSeconds
    },
  }
}
