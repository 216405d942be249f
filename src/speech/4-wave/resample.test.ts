import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { resample } from './resample'

const RATES_HZ = [4000, 8000, 11_025, 16_000, 22_050, 24_000, 44_100, 44_101, 47_999, 48_000, 96_000, 384_000]
const rate = fc.constantFrom(...RATES_HZ)

function tone(hz: number, rateHz: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz))
}

describe('resampling', () => {
  it('gives ceil(n up / down) samples', () => {
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 0, max: 3000 }), (from, to, length) => {
        expect(resample(new Float32Array(length), from, to).length).toBe(Math.ceil((length * to) / from))
      }),
    )
  })

  it('keeps a low tone in place, for exact and for odd ratios', () => {
    for (const from of RATES_HZ) {
      const seconds = 0.2
      const out = resample(tone(300, from, from * seconds), from, 24_000)
      const wanted = tone(300, 24_000, out.length)
      const middle = out.subarray(600, out.length - 600)
      const worst = middle.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[600 + i])), 0)
      // The filter's ripple: a Kaiser window of beta 5 leaves some 1e-3.
      expect(worst, `${from} Hz`).toBeLessThan(3e-3)
    }
  })

  it('leaves nothing of what the new rate can’t hold', () => {
    const out = resample(tone(11_000, 48_000, 9600), 48_000, 16_000)
    expect(Math.max(...out.subarray(300, -300).map(Math.abs))).toBeLessThan(5e-3)
  })

  it('ends as if silence went on', () => {
    fc.assert(
      fc.property(
        rate,
        rate,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 1000 }),
        fc.nat(500),
        (from, to, values, silent) => {
          const short = resample(Float32Array.from(values), from, to)
          const long = resample(Float32Array.from([...values, ...new Float32Array(silent)]), from, to)
          expect(long.subarray(0, short.length)).toEqual(short)
        },
      ),
    )
  })

  it('refuses impossible rates', () => {
    for (const bad of [0, -1, 3999, 384_001, 44_100.5, NaN, Infinity]) {
      expect(() => resample(new Float32Array(1), bad, 24_000)).toThrow(ConvergeError)
    }
  })
})
