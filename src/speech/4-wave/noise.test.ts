import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNoise, startPhase } from './noise'

describe('the vocoder’s noise', () => {
  it('is a function of the sample’s index', () => {
    const whole = createNoise(7, 3)(0, 5000)
    fc.assert(
      fc.property(fc.nat(4000), fc.nat(1000), (first, count) => {
        expect(createNoise(7, 3)(first, count)).toEqual(whole.slice(first, first + count))
      }),
    )
    expect(createNoise(7, 3)(2 ** 40, 4)).not.toEqual(createNoise(7, 3)(0, 4))
  })

  it('is white and Gaussian of unit variance', () => {
    const n = 200_000
    const noise = createNoise(1, 0)(0, n)
    const moment = (power: number): number => noise.reduce((sum, value) => sum + value ** power, 0) / n
    const lagged = (lag: number): number =>
      noise.reduce((sum, value, i) => sum + value * (noise[i + lag] ?? 0), 0) / n
    // Five standard errors each: 1, sqrt 2, sqrt 15 and sqrt 96 over sqrt n; the seed is fixed.
    const error = 5 / Math.sqrt(n)
    expect(Math.abs(moment(1))).toBeLessThan(error)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(error * Math.sqrt(2))
    expect(Math.abs(moment(3))).toBeLessThan(error * Math.sqrt(15))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(error * Math.sqrt(96))
    for (const lag of [1, 2, 3, 4]) expect(Math.abs(lagged(lag))).toBeLessThan(error)
  })

  it('differs between seeds and between streams', () => {
    const heads = [createNoise(1, 0), createNoise(2, 0), createNoise(1, 1)].map((noiseAt) => noiseAt(0, 1)[0])
    expect(new Set(heads).size).toBe(3)
    expect(new Set([startPhase(1, 0), startPhase(2, 0), startPhase(1, 1)]).size).toBe(3)
  })
})
