/** The quietest place: nothing as long is quieter, and of equals it is the latest. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quietestPlace } from './quietest'

const sumFrom = (levels: readonly number[], first: number, width: number): number =>
  levels.slice(first, first + width).reduce((sum, level) => sum + level, 0)

test('no stretch is quieter, and none after it as quiet', () => {
  const levels = fc.array(fc.integer({ min: -90, max: 0 }), { minLength: 10, maxLength: 60 })
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 10 }), (row, width) => {
      const first = quietestPlace(row, width) - Math.ceil(width / 2)
      const least = sumFrom(row, first, width)
      for (let at = 0; at + width <= row.length; at++) {
        if (at <= first) expect(sumFrom(row, at, width)).toBeGreaterThanOrEqual(least)
        else expect(sumFrom(row, at, width)).toBeGreaterThan(least)
      }
    }),
  )
})

test('a row that is too short is cut at its end', () => {
  expect(quietestPlace([-3, -9], 3)).toBe(2)
})
