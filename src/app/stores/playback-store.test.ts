import { expect, test } from 'vitest'
import type { AudioOut } from '../ports/audio-out'
import type { SoundSource } from '../sound-shelf'
import { createPlaybackStore } from './playback-store'

function setUp() {
  let position = 0
  let onEnded = () => {}
  const log: string[] = []
  const audio: AudioOut = {
    wake: () => log.push('wake'),
    play(source, from, to, ended) {
      log.push(`play ${source.id} ${from}-${to ?? 'end'}`)
      position = from
      onEnded = ended
      return { positionSeconds: () => position, stop: () => log.push('stop') }
    },
  }
  const playback = createPlaybackStore({ audio })
  return { playback, log, moveTo: (seconds: number) => (position = seconds), end: () => onEnded() }
}

const sound = (id: number): SoundSource => ({
  id,
  sampleRateHz: 24_000,
  lengthSamples: () => 24_000,
  isWhole: () => true,
  read: () => new Float32Array(0),
})

test('pausing leaves the playhead where the ear was', () => {
  const { playback, moveTo } = setUp()
  playback.play(sound(1), 0)
  moveTo(0.4)
  playback.pause()
  expect(playback.getState()).toMatchObject({ isPlaying: false, restSeconds: 0.4 })
  expect(playback.nowSeconds(1)).toBe(0.4)
  expect(playback.nowSeconds(2)).toBe(0)
})

test('a whole sound rewinds; a stretch returns to its start', () => {
  const { playback, end } = setUp()
  playback.play(sound(1), 0.2)
  end()
  expect(playback.nowSeconds(1)).toBe(0)
  playback.play(sound(1), 0.2, 0.3)
  end()
  expect(playback.nowSeconds(1)).toBe(0.2)
})

test('only a sound that came to its end by itself has ended', () => {
  const { playback, end } = setUp()
  playback.play(sound(1), 0)
  playback.pause()
  expect(playback.getState()).toMatchObject({ restSeconds: 0, hasEnded: false })
  playback.play(sound(1), 0)
  end()
  expect(playback.getState().hasEnded).toBe(true)
  playback.seek(sound(1), 0)
  expect(playback.getState().hasEnded).toBe(false)
})

test('seeking while playing plays on from there; another sound stops the first', () => {
  const { playback, log } = setUp()
  playback.play(sound(1), 0)
  playback.seek(sound(1), 0.7)
  playback.seek(sound(2), 0.1)
  expect(log).toEqual(['play 1 0-end', 'stop', 'play 1 0.7-end', 'stop'])
  expect(playback.getState()).toMatchObject({ soundId: 2, isPlaying: false, restSeconds: 0.1 })
})
