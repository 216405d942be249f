import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clampZoom,
  firstPxPerSecond,
  pxToSeconds,
  scrollAfterZoom,
  secondsToPx,
  tickSeconds,
  type AxisView,
} from './axis'

const view: AxisView = { seconds: 10, widthPx: 500, pxPerSecond: 100, scrollPx: 200 }

test('pixels and seconds are each other’s way back', () => {
  expect(secondsToPx(view, pxToSeconds(view, 123))).toBeCloseTo(123)
  expect(pxToSeconds(view, -1000)).toBe(0)
  expect(pxToSeconds(view, 10_000)).toBe(10)
})

test('what is zoomed at stays in place, unless the sound ends', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 2, max: 7, noNaN: true }),
      fc.integer({ min: 50, max: 2000 }),
      (at, scale) => {
        const scrollPx = scrollAfterZoom(view, scale, at)
        const longest = Math.max(0, view.seconds * scale - view.widthPx)
        expect(scrollPx).toBeGreaterThanOrEqual(0)
        expect(scrollPx).toBeLessThanOrEqual(longest)
        const after = secondsToPx({ ...view, pxPerSecond: scale, scrollPx }, at)
        const isAtAnEnd = scrollPx === 0 || scrollPx === longest
        expect(isAtAnEnd || Math.abs(after - secondsToPx(view, at)) < 0.01).toBe(true)
      },
    ),
  )
})

test('a sound is never smaller than its window', () => {
  expect(clampZoom(1, 10, 500)).toBe(50)
  expect(clampZoom(1e9, 10, 500)).toBe(2400)
  expect(firstPxPerSecond(3, 300)).toBe(200)
  expect(firstPxPerSecond(600, 300)).toBe(0.5)
})

test('ticks keep their distance', () => {
  for (const scale of [0.3, 1, 10, 200, 2400])
    expect(tickSeconds(scale, 64) * scale).toBeGreaterThanOrEqual(64)
})
