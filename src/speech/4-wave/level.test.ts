/** Warnings of a microphone's level: clipping, then silence, and neither for speech. */
import { expect, test } from 'vitest'
import { LEVEL_START, watchLevel } from './level'

const RATE_HZ = 8000
const block = (amplitude: number) =>
  Float32Array.from({ length: 2000 }, (_, i) => Math.max(-1, Math.min(1, amplitude * Math.sin(i / 5))))
const after = (...amplitudes: number[]) =>
  amplitudes.reduce((state, amplitude) => watchLevel(state, block(amplitude), RATE_HZ), LEVEL_START)

test('speech at a good level warns of nothing', () => {
  expect(after(0.2, 0.5, 0.05, 0.3).warning).toBeUndefined()
  expect(after(0.2, 0.5).level).toBeCloseTo(0.5, 1)
})

test('clipping is told at once and for two seconds', () => {
  expect(after(3).warning).toBe('clipping')
  expect(after(3, 0.2, 0.2, 0.2).warning).toBe('clipping')
  expect(after(3, ...Array.from({ length: 8 }, () => 0.2)).warning).toBeUndefined()
})

test('silence is told after three seconds, until something comes in', () => {
  const quiet = Array.from({ length: 12 }, () => 0)
  expect(after(...quiet.slice(1)).warning).toBeUndefined()
  expect(after(...quiet).warning).toBe('silent')
  expect(after(...quiet, 0.1).warning).toBeUndefined()
})
