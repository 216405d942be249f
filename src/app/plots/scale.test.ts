import { expect, test } from 'vitest'
import { linearScale, logScale, pointsToPath, roundTicks } from './scale'

test('values stand where they belong', () => {
  const scale = linearScale(0, 2, 10, 110)
  expect([0, 1, 2].map(scale)).toEqual([10, 60, 110])
  expect(linearScale(3, 3, 0, 10)(3)).toBe(0)
  expect(logScale(100, 400, 0, 100)(200)).toBeCloseTo(50)
})

test('ticks are round and within', () => {
  expect(roundTicks(0, 2.9, 6)).toEqual([0, 0.5, 1, 1.5, 2, 2.5])
  expect(roundTicks(83, 310, 5)).toEqual([100, 150, 200, 250, 300].filter((tick) => tick % 50 === 0))
})

test('a line breaks where there is nothing', () => {
  expect(
    pointsToPath([
      [0, 1],
      [1, null],
      [2, 3],
      [3, 4],
    ]),
  ).toBe('M0.0 1.0M2.0 3.0L3.0 4.0')
})
