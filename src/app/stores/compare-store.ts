/**
 * Owns: comparing takes by ear: which are on the table and in what order, one against another by a key, all in a row,
 * solo, and listening blind with a tally. Plays through the playback store; knows no take's inside.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TakeId } from '../../speech/takes/tree'
import type { Scope } from '../scope'
import type { SoundShelf } from '../sound-shelf'
import type { PlaybackStore } from './playback-store'
import type { GridStore } from './grid-store'
import { orderTakes, type SortBy } from './take-order'
import type { TakesStore } from './takes-store'

export interface BlindTally {
  readonly liked: number
  readonly heard: number
}

export interface CompareState {
  /** In the order in which they are shown; the first nine have a key. */
  readonly order: readonly TakeId[]
  readonly sortBy: SortBy
  readonly solo: TakeId | null
  readonly areKeysOn: boolean
  readonly phase: 'open' | 'blind' | 'revealed'
  readonly liked: ReadonlySet<TakeId>
  /** By temperature, over all rounds. */
  readonly tally: ReadonlyMap<number, BlindTally>
  /** What is left of playing all in a row. */
  readonly queue: readonly TakeId[]
  readonly lastTwo: readonly [now: TakeId | null, before: TakeId | null]
}

export interface CompareStore extends StoreApi<CompareState> {
  play(id: TakeId): void
  /** The take with this number on its card, from 1. */
  playNumber(number: number): void
  /** Back to the one that was heard before, and back again. */
  swap(): void
  playAll(): void
  startBlind(): void
  toggleLiked(id: TakeId): void
  reveal(): void
  endBlind(): void
}

export interface ComparePorts {
  readonly takes: Pick<TakesStore, 'getState' | 'subscribe'>
  readonly grid: Pick<GridStore, 'getState' | 'subscribe'>
  readonly shelf: Pick<SoundShelf, 'source'>
  readonly playback: Pick<PlaybackStore, 'wake' | 'play' | 'pause' | 'subscribe' | 'getState'>
  readonly random: () => number
}

export function createCompareStore(ports: ComparePorts, scope: Scope): CompareStore {
  const { takes, grid, shelf, playback, random } = ports
  const store = createStore<CompareState>(() => ({
    order: [],
    sortBy: 'grid',
    solo: null,
    areKeysOn: true,
    phase: 'open',
    liked: new Set(),
    tally: new Map(),
    queue: [],
    lastTwo: [null, null],
  }))

  function start(id: TakeId): void {
    const take = takes.getState().takes.get(id)
    const source = take && shelf.source(take.soundId)
    if (!source) return
    const [now, before] = store.getState().lastTwo
    store.setState({ lastTwo: [id, now === id ? before : now] })
    playback.wake()
    playback.play(source, 0)
  }

  function play(id: TakeId): void {
    store.setState({ queue: [] })
    start(id)
  }

  scope.add(
    playback.subscribe(({ isPlaying, hasEnded }, before) => {
      if (isPlaying || !before.isPlaying) return
      const [next, ...queue] = store.getState().queue
      // Where a sound was stopped, the row ends too.
      store.setState({ queue: hasEnded ? queue : [] })
      if (hasEnded && next !== undefined) start(next)
    }),
  )

  function reorder(): void {
    const { phase, sortBy, order: before, solo, queue } = store.getState()
    const all = takes.getState().takes
    const isThere = (id: TakeId) => all.has(id)
    // While names are hidden nothing moves; what was taken away goes.
    const order = phase === 'open' ? orderTakes(all, grid.getState().ids, sortBy) : before.filter(isThere)
    store.setState({
      order,
      solo: solo !== null && isThere(solo) ? solo : null,
      queue: queue.filter(isThere),
    })
  }
  scope.add(takes.subscribe((state, before) => state.takes !== before.takes && reorder()))
  scope.add(grid.subscribe((state, before) => state.ids !== before.ids && reorder()))
  scope.add(store.subscribe((state, before) => state.sortBy !== before.sortBy && reorder()))

  return {
    ...store,
    play,
    playNumber(number) {
      const id = store.getState().order[number - 1]
      if (id !== undefined) play(id)
    },
    swap() {
      const [, before] = store.getState().lastTwo
      if (before !== null) play(before)
    },
    playAll() {
      playback.pause()
      const [first, ...queue] = store.getState().order
      if (first === undefined) return
      store.setState({ queue })
      start(first)
    },
    startBlind() {
      playback.pause()
      const order = store
        .getState()
        .order.map((id) => ({ id, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id)
      store.setState({ phase: 'blind', order, liked: new Set(), solo: null })
    },
    toggleLiked(id) {
      const liked = new Set(store.getState().liked)
      if (!liked.delete(id)) liked.add(id)
      store.setState({ liked })
    },
    reveal() {
      const { order, liked, tally: before } = store.getState()
      const tally = new Map(before)
      for (const id of order) {
        const temperature = takes.getState().takes.get(id)?.data.sampling.temperature
        if (temperature === undefined) continue
        const { liked: likes, heard } = tally.get(temperature) ?? { liked: 0, heard: 0 }
        tally.set(temperature, { liked: likes + (liked.has(id) ? 1 : 0), heard: heard + 1 })
      }
      store.setState({ phase: 'revealed', tally })
    },
    endBlind() {
      store.setState({ phase: 'open', liked: new Set() })
      reorder()
    },
  }
}
