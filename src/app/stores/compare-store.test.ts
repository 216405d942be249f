import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { Scope } from '../scope'
import { createCompareStore } from './compare-store'
import { parseTemperatures } from './grid-store'
import type { PlaybackState } from './playback-store'
import type { KeptTake, TakesState } from './takes-state'

const kept = (id: number, temperature: number, durationSeconds: number) =>
  [
    id,
    { id, soundId: id + 100, data: { sampling: { temperature } }, statistics: { durationSeconds } },
  ] as unknown as readonly [number, KeptTake]

function setUp() {
  const takes = createStore<TakesState>(() => ({ takes: new Map() }) as unknown as TakesState)
  const grid = createStore(() => ({ ids: [2, 1, null] }))
  const playback = createStore<PlaybackState>(() => ({ soundId: null, isPlaying: false, restSeconds: 0 }))
  const heard: number[] = []
  const play = ({ id }: { readonly id: number }) => {
    heard.push(id)
    playback.setState({ soundId: id, isPlaying: true, restSeconds: 0 })
  }
  const pause = () => playback.setState({ isPlaying: false, restSeconds: 0.4 })
  const end = () => playback.setState({ isPlaying: false, restSeconds: 0 })
  const ports = {
    takes,
    grid,
    shelf: { source: (id: number) => ({ id }) },
    playback: { ...playback, wake: vi.fn<() => void>(), play, pause },
    random: () => 0.5,
  }
  const store = createCompareStore(ports as unknown as Parameters<typeof createCompareStore>[0], new Scope())
  takes.setState({ takes: new Map([kept(1, 0.3, 3), kept(2, 0.9, 2), kept(3, 0.9, 1)]) })
  return { store, heard, end, pause }
}

test('the grid’s cells come first, or the smallest figure', () => {
  const { store } = setUp()
  expect(store.getState().order).toEqual([2, 1, 3])
  store.setState({ sortBy: 'seconds' })
  expect(store.getState().order).toEqual([3, 2, 1])
})

test('all in a row goes on at each end, and stops when it is stopped', () => {
  const { store, heard, end, pause } = setUp()
  store.playAll()
  end()
  expect(heard).toEqual([102, 101])
  pause()
  end()
  expect(heard).toHaveLength(2)
})

test('two takes against one another', () => {
  const { store, heard } = setUp()
  store.playNumber(1)
  store.playNumber(3)
  store.swap()
  store.swap()
  store.playNumber(7)
  expect(heard).toEqual([102, 103, 102, 103])
})

test('likes are counted by temperature over the rounds, when they are revealed', () => {
  const { store } = setUp()
  for (const liked of [1, 3]) {
    store.startBlind()
    store.toggleLiked(liked)
    store.reveal()
  }
  const tally = store.getState().tally
  expect(tally.get(0.3)).toEqual({ liked: 1, heard: 2 })
  expect(tally.get(0.9)).toEqual({ liked: 1, heard: 4 })
  store.endBlind()
  expect(store.getState().order).toEqual([2, 1, 3])
})

test('a list of temperatures as people type it', () => {
  expect(parseTemperatures('0, 0.3  0.6;1.2,')).toEqual([0, 0.3, 0.6, 1.2])
  expect(parseTemperatures('1 1')).toEqual([1])
  for (const wrong of ['', ' , ', 'hot', '3', '-1', Array(20).fill('1').join(' ')])
    expect(parseTemperatures(wrong)).toBeUndefined()
})
