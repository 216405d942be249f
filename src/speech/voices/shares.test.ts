import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { setShare, toShares } from './shares'

const weights = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 3 })
  .filter((all) => all.some((weight) => weight > 0))
const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0)

it('shares are whole percents of 100, whatever is set', () => {
  fc.assert(
    fc.property(weights, fc.nat(2), fc.integer({ min: -5, max: 105 }), (all, at, percent) => {
      const shares = toShares(all)
      const set = setShare(shares, at % shares.length, percent)
      for (const each of [shares, set]) {
        expect(sum(each)).toBe(100)
        expect(each.every((share) => Number.isInteger(share) && share >= 0)).toBe(true)
      }
      const wanted = shares.length > 1 ? Math.min(100, Math.max(0, percent)) : 100
      expect(Math.abs(set[at % shares.length] - wanted)).toBeLessThanOrEqual(1)
    }),
  )
})

it('the others keep their proportions, or divide what is left', () => {
  expect(setShare([50, 40, 10], 0, 0)).toEqual([0, 80, 20])
  expect(setShare([100, 0, 0], 0, 40)).toEqual([40, 30, 30])
  expect(setShare([30, 70], 1, 25)).toEqual([75, 25])
  expect(setShare([100], 0, 3)).toEqual([100])
  expect(toShares([1, 1, 1])).toEqual([33, 34, 33])
})
