/**
 * Owns: the takes that a person compares and looks into: those of the grid, their branches, and spoken ones that were
 * opened. Each has its tokens, its sound on the shelf and its figures; the tree says where they come from. Draws nothing
 * itself.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError } from '../../speech/errors'
import type { TakeStatistics } from '../../speech/takes/statistics'
import type { TakeTrace } from '../../speech/takes/take'
import {
  addTake,
  branchesOf,
  EMPTY_TREE,
  renameTake,
  type TakeId,
  type TakeOrigin,
} from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { DrawnTake, TokenizerName } from '../../workers/protocol'
import type { SoundId } from '../../workers/spectrogram'
import type { SoundShelf } from '../sound-shelf'
import type { EngineStore } from './engine-store'
import { createListenBack, type ListenBack } from './listen-back'
import { toSettings } from './speak-settings'
import type { Take } from './speak-store'
import { timelineToTokens, toTakeData } from './take-data'
import { samplesToEnvelope } from './envelope'
import { putBack, takeOut, type KeptTake, type Said, type TakesState } from './takes-state'
import { spokenToTimeline } from './timeline'

export interface TakesStore extends StoreApi<TakesState>, ListenBack {
  /** @throws ConvergeError `option-invalid` where the take it branches off was removed meanwhile */
  add(origin: TakeOrigin, said: Said, drawn: DrawnTake): Promise<TakeId>
  /** A take of the Speak view, with a sound and figures of its own. */
  adopt(take: Take): Promise<TakeId>
  choose(id: TakeId | null): void
  rename(id: TakeId, name: string): void
  /** With all that branched off them; they can be brought back. */
  remove(ids: readonly TakeId[]): void
  bringBack(): void
  letGo(): void
  /** For good: takes that nothing branched off and that nobody looks into. */
  clear(ids: readonly TakeId[]): void
  /** What the model thought at each step, read off after the take came. */
  addTrace(id: TakeId, trace: TakeTrace): void
}

export interface TakesPorts {
  readonly client: Pick<SpeechClient, 'sound' | 'roundTrip'>
  readonly engine: EngineStore
  readonly shelf: Pick<SoundShelf, 'begin' | 'drop' | 'source'>
  readonly tokenizer: () => TokenizerName
}

export function createTakesStore({ client, engine, shelf, tokenizer }: TakesPorts): TakesStore {
  const store = createStore<TakesState>(() => ({
    tree: EMPTY_TREE,
    takes: new Map(),
    chosen: null,
    checking: [],
    removed: null,
    error: null,
  }))
  const listenBack = createListenBack({ client, engine, shelf, tokenizer, store })
  /** Spoken takes that were adopted or are being so: a second look opens the same one. */
  const adopted = new Map<SoundId, Promise<TakeId>>()

  /** A take that is whole, into the tree. Its parent may have been removed while it was on its way. */
  function keep(origin: TakeOrigin, take: Omit<KeptTake, 'id'>): TakeId {
    const { tree, takes } = store.getState()
    if (origin.kind === 'branch' && !takes.has(origin.parent)) {
      const facts = { parent: origin.parent }
      throw new ConvergeError('option-invalid', 'The take it branches off is gone.', facts)
    }
    const id = tree.nextId
    store.setState({ tree: addTake(tree, origin), takes: new Map(takes).set(id, { ...take, id }) })
    return id
  }

  async function add(origin: TakeOrigin, said: Said, { take: data, trace, sound }: DrawnTake) {
    const { sampleRateHz, frameRateHz, samplesPerFrame } = await engine.ensure('any')
    const live = shelf.begin(sampleRateHz)
    const envelope = samplesToEnvelope(sound.samples, samplesPerFrame)
    live.append(sound.samples)
    const spoken = { ...data, phones: said.plan.phones }
    try {
      await live.finish()
      return keep(origin, {
        ...said,
        data,
        trace: trace.probabilities.length > 0 ? trace : null,
        soundId: live.id,
        timeline: spokenToTimeline(spoken, said.plan, frameRateHz * (data.moves?.pace ?? 1)),
        envelope,
        hz: sound.hz,
        statistics: sound.statistics,
        roundTrip: null,
      })
    } catch (thrown) {
      shelf.drop(live.id)
      throw thrown
    }
  }

  async function addSpoken(take: Take): Promise<TakeId> {
    const { text, plan, timeline, temperature, seed } = take
    const settings = toSettings(take)
    await engine.ensure('any')
    const data = toTakeData(settings, plan, timelineToTokens(timeline))
    const sound = await client.sound({ take: data, asSpoken: true })
    const trace = { probabilities: [], entropiesNats: [] }
    const origin = { kind: 'draw', seed, temperature } as const
    return add(origin, { text, plan, settings }, { take: data, trace, sound })
  }

  async function adopt(take: Take): Promise<TakeId> {
    const known = adopted.get(take.soundId)
    const id = await known
    if (id !== undefined && store.getState().takes.has(id)) return id
    // There was none, or it was removed. Who asked at the same time may have begun.
    if (adopted.get(take.soundId) !== known) return adopt(take)
    const coming = addSpoken(take)
    adopted.set(take.soundId, coming)
    coming.catch(() => adopted.delete(take.soundId))
    return coming
  }

  function dropSounds(takes: readonly KeptTake[]): void {
    for (const { soundId } of takes) shelf.drop(soundId)
  }

  function letGo(): void {
    dropSounds(store.getState().removed?.takes ?? [])
    store.setState({ removed: null })
  }

  return {
    ...store,
    ...listenBack,
    add,
    adopt,
    choose: (chosen) => store.setState({ chosen }),
    rename: (id, name) => store.setState(({ tree }) => ({ tree: renameTake(tree, id, name) })),
    remove(ids) {
      letGo()
      const { left, removed } = takeOut(store.getState(), ids)
      store.setState({ ...left, removed: removed.nodes.length > 0 ? removed : null })
    },
    bringBack() {
      const { removed } = store.getState()
      if (removed) store.setState({ ...putBack(store.getState(), removed), removed: null })
    },
    letGo,
    clear(ids) {
      const { tree, chosen } = store.getState()
      const spare = ids.filter((id) => id !== chosen && branchesOf(tree, id).length === 0)
      const { left, removed } = takeOut(store.getState(), spare)
      store.setState(left)
      dropSounds(removed.takes)
    },
    addTrace(id, trace) {
      const { takes } = store.getState()
      const take = takes.get(id)
      if (!take || take.trace) return
      const { probabilities, entropiesNats } = trace
      const statistics: TakeStatistics = {
        ...take.statistics,
        meanEntropyNats: sum(entropiesNats) / entropiesNats.length,
        logProbabilityNats: sum(probabilities.map(Math.log)),
      }
      store.setState({ takes: new Map(takes).set(id, { ...take, trace, statistics }) })
    },
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
