import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitLogitsToUnits, digitsToUnit, unitsToValues, unitToDigits, zToUnits } from './fsq'

const levelLists = fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 1, maxLength: 6 })
const unitOf = (levels: number[]): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: levels.reduce((size, count) => size * count, 1) - 1 })
const cases = levelLists.chain((levels) => fc.tuple(fc.constant(levels), fc.array(unitOf(levels))))

describe('finite scalar quantisation', () => {
  it('a unit is its digits', () => {
    fc.assert(
      fc.property(cases, ([levels, units]) => {
        for (const unit of units) expect(digitsToUnit(unitToDigits(unit, levels), levels)).toBe(unit)
      }),
    )
    expect(unitToDigits(1 + 2 * 4 + 3 * 16, [4, 4, 4])).toEqual([1, 2, 3])
  })

  it('a value goes back to its unit through tanh', () => {
    fc.assert(
      fc.property(cases, ([levels, units]) => {
        const values = unitsToValues(units, levels)
        expect(values.every((value) => value >= -1 && value <= 1)).toBe(true)
        // The outermost values are tanh's limit: 4 is near enough.
        const z = values.map((value) => Math.max(-4, Math.min(4, Math.atanh(value))))
        expect(zToUnits(z, levels)).toEqual(units)
      }),
    )
  })

  it('rounds halves to the even level, as torch does', () => {
    // z = 0 of 4 levels stands at 1.5, of 2 levels at 0.5.
    expect(zToUnits(Float32Array.of(0), [4])).toEqual([2])
    expect(zToUnits(Float32Array.of(0), [2])).toEqual([0])
  })

  it('reads the most likely digits, the lowest of equals', () => {
    expect(digitLogitsToUnits(Float32Array.of(0, 1, 0, 0, 5, 5, 1, 1), [4, 4])).toEqual([1])
    expect(digitLogitsToUnits(Float32Array.of(-3, -2, -1, -0.5, -9, -8, -1, -8), [4, 4])).toEqual([3 + 2 * 4])
  })
})
