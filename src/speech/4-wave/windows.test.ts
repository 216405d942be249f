/** Windows of long recordings: without a gap, short enough, cut where it is quiet, on whole tenths of a second. */
import { expect, test } from 'vitest'
import { recordingToWindows } from './windows'

const RATE_HZ = 1000

test('ten minutes are one window', () => {
  const samples = new Float32Array(600 * RATE_HZ)
  expect([...recordingToWindows(samples, RATE_HZ)]).toEqual([{ start: 0, end: samples.length }])
})

test('an hour is cut at the pauses, and nothing is left out', () => {
  const samples = Float32Array.from({ length: 3600 * RATE_HZ }, (_, i) => {
    const second = (i / RATE_HZ) % 20
    return second > 7 && second < 8 ? 0 : Math.sin(i)
  })
  const windows = [...recordingToWindows(samples, RATE_HZ)]
  expect(windows[0].start).toBe(0)
  expect(windows.at(-1)?.end).toBe(samples.length)
  windows.slice(1).forEach(({ start }, i) => {
    expect(start).toBe(windows[i].end)
    expect(start % (RATE_HZ / 10)).toBe(0)
    expect((start / RATE_HZ) % 20).toBeCloseTo(7.5, 0)
  })
  expect(Math.max(...windows.map(({ start, end }) => end - start))).toBeLessThanOrEqual(120 * RATE_HZ)
})
