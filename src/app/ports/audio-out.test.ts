/** Sound through a stand-in for Web Audio whose clock the test moves. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Scope } from '../scope'
import type { SoundSource } from '../sound-shelf'
import { createAudioOut } from './audio-out'

const clock = { currentTime: 0 }

class FakeAudioContext {
  readonly sampleRate = 48_000
  readonly outputLatency = 0
  readonly state = 'running'
  readonly destination = {}
  get currentTime() {
    return clock.currentTime
  }
  createGain() {
    const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, setTargetAtTime() {} }
    return { gain, connect() {}, disconnect() {} }
  }
  createBuffer() {
    return { copyToChannel() {} }
  }
  createBufferSource() {
    return { connect() {}, start() {}, stop() {}, addEventListener() {} }
  }
  async close() {}
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('AudioContext', FakeAudioContext)
  clock.currentTime = 0
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Time on both clocks: that of the timers and that of the sound. */
function pass(ms: number): void {
  for (let i = 0; i < ms; i++) {
    clock.currentTime += 0.001
    vi.advanceTimersByTime(1)
  }
}

const sound = (seconds: number): SoundSource => ({
  id: 1,
  sampleRateHz: 24_000,
  lengthSamples: () => seconds * 24_000,
  isWhole: () => true,
  read: () => new Float32Array(0),
})

function play(seconds: number) {
  const onEnded = vi.fn<() => void>()
  const playing = createAudioOut(new Scope()).play(sound(seconds), 0, undefined, onEnded)
  return { onEnded, playing }
}

test('the end is told once, when the last sample was heard', () => {
  const { onEnded } = play(0.5)
  pass(400)
  expect(onEnded).not.toHaveBeenCalled()
  pass(1000)
  expect(onEnded).toHaveBeenCalledOnce()
})

test('what was stopped in its last moment does not come to its end after', () => {
  const { onEnded, playing } = play(0.5)
  pass(545)
  playing.stop()
  pass(15)
  pass(1000)
  expect(onEnded).not.toHaveBeenCalled()
})

test('a sound without samples ends after it was begun, not within', () => {
  const { onEnded } = play(0)
  expect(onEnded).not.toHaveBeenCalled()
  pass(100)
  expect(onEnded).toHaveBeenCalledOnce()
})
