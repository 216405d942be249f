/** Owns: the average of all takes on the table, made when asked for, and forgotten when other takes lie there. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, toPlainError, type PlainError } from '../../speech/errors'
import type { TakeId } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { SoundId } from '../../workers/spectrogram'
import type { SoundShelf } from '../sound-shelf'
import type { EngineStore } from './engine-store'
import type { PlaybackStore } from './playback-store'
import type { TakesStore } from './takes-store'

export interface Average {
  readonly of: readonly TakeId[]
  readonly soundId: SoundId
  readonly seconds: number
  readonly durationsFrames: readonly number[]
  /** undefined where nothing is voiced. */
  readonly pitchRangeSemitones: number | undefined
}

export interface AverageState {
  readonly isBusy: boolean
  readonly average: Average | null
  readonly error: PlainError | null
}

export interface AverageStore extends StoreApi<AverageState> {
  /** Makes it where these takes have none yet, then plays it. */
  play(ids: readonly TakeId[]): Promise<void>
}

export interface AveragePorts {
  readonly client: Pick<SpeechClient, 'average'>
  readonly engine: EngineStore
  readonly takes: Pick<TakesStore, 'getState'>
  readonly shelf: Pick<SoundShelf, 'begin' | 'drop' | 'source'>
  readonly playback: Pick<PlaybackStore, 'wake' | 'play'>
}

export function createAverageStore({ client, engine, takes, shelf, playback }: AveragePorts): AverageStore {
  const store = createStore<AverageState>(() => ({ isBusy: false, average: null, error: null }))

  async function make(ids: readonly TakeId[]): Promise<Average> {
    const { sampleRateHz } = await engine.ensure('any')
    const all = ids.flatMap((id) => takes.getState().takes.get(id)?.data ?? [])
    const said = JSON.stringify(all[0]?.utterances)
    if (all.length === 0 || all.some(({ utterances }) => JSON.stringify(utterances) !== said))
      throw new ConvergeError('option-invalid', 'Only takes of the same sentence can be averaged.')
    const { durationsFrames, sound } = await client.average({ takes: all, soundSeed: all[0].soundSeed })
    const before = store.getState().average
    if (before) shelf.drop(before.soundId)
    const live = shelf.begin(sampleRateHz)
    live.append(sound.samples)
    await live.finish()
    const seconds = live.lengthSamples() / sampleRateHz
    const pitchRangeSemitones = sound.statistics.pitch?.rangeSemitones
    return { of: ids, soundId: live.id, seconds, durationsFrames, pitchRangeSemitones }
  }

  return {
    ...store,
    async play(ids) {
      if (store.getState().isBusy) return
      playback.wake()
      store.setState({ isBusy: true, error: null })
      try {
        const { average: before } = store.getState()
        const isSame = before !== null && String(before.of) === String(ids)
        const average = isSame ? before : await make(ids)
        store.setState({ average })
        const source = shelf.source(average.soundId)
        if (source) playback.play(source, 0)
      } catch (thrown) {
        store.setState({ error: toPlainError(thrown) })
      } finally {
        store.setState({ isBusy: false })
      }
    },
  }
}
