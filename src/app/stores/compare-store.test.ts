import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { AudioOut } from '../ports/audio-out'
import { Scope } from '../scope'
import type { SoundSource } from '../sound-shelf'
import { createCompareStore } from './compare-store'
import { parseTemperatures } from './grid-store'
import { createPlaybackStore } from './playback-store'
import type { KeptTake, TakesState } from './takes-state'

const kept = (id: number, temperature: number, durationSeconds: number) =>
  [
    id,
    { id, soundId: id + 100, data: { sampling: { temperature } }, statistics: { durationSeconds } },
  ] as unknown as readonly [number, KeptTake]

const otherSound: SoundSource = {
  id: 900,
  sampleRateHz: 24_000,
  lengthSamples: () => 24_000,
  isWhole: () => true,
  read: () => new Float32Array(0),
}

function setUp() {
  const takes = createStore<TakesState>(() => ({ takes: new Map() }) as unknown as TakesState)
  const grid = createStore(() => ({ ids: [2, 1, null] }))
  const heard: number[] = []
  const sounding = new Set<number>()
  let end = () => {}
  /** Nothing is audible yet, so the playhead rests at 0 until the end. */
  const audio: AudioOut = {
    wake: () => {},
    play({ id }, _from, _to, onEnded) {
      heard.push(id)
      sounding.add(id)
      const stop = () => void sounding.delete(id)
      end = () => {
        stop()
        onEnded()
      }
      return { positionSeconds: () => 0, stop }
    },
  }
  const playback = createPlaybackStore({ audio })
  const ports = {
    takes,
    grid,
    shelf: { source: (id: number) => ({ id }) },
    playback,
    random: () => 0.5,
  }
  const store = createCompareStore(ports as unknown as Parameters<typeof createCompareStore>[0], new Scope())
  takes.setState({ takes: new Map([kept(1, 0.3, 3), kept(2, 0.9, 2), kept(3, 0.9, 1)]) })
  return { store, takes, playback, heard, sounding, end: () => end() }
}

test('the grid’s cells come first, or the smallest figure', () => {
  const { store } = setUp()
  expect(store.getState().order).toEqual([2, 1, 3])
  store.setState({ sortBy: 'seconds' })
  expect(store.getState().order).toEqual([3, 2, 1])
})

test('all in a row goes on at each end', () => {
  const { store, heard, end } = setUp()
  store.playAll()
  for (let i = 0; i < 4; i++) end()
  expect(heard).toEqual([102, 101, 103])
})

test('all in a row stops when it is stopped, also before anything is audible', () => {
  const { store, playback, heard, sounding } = setUp()
  store.playAll()
  playback.pause()
  expect(heard).toEqual([102])
  expect(sounding.size).toBe(0)
})

test('another sound ends the row, and sounds alone', () => {
  const { store, playback, heard, sounding, end } = setUp()
  store.playAll()
  playback.play(otherSound, 0)
  expect([...sounding]).toEqual([otherSound.id])
  end()
  expect(heard).toEqual([102, otherSound.id])
})

test('takes that were removed are left out of the row', () => {
  const { store, takes, playback, heard, end } = setUp()
  store.playAll()
  takes.setState({ takes: new Map([kept(2, 0.9, 2), kept(3, 0.9, 1)]) })
  end()
  expect(heard).toEqual([102, 103])
  takes.setState({ takes: new Map() })
  playback.play(otherSound, 0)
  end()
  expect(heard).toEqual([102, 103, otherSound.id])
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
