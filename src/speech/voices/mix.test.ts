import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixVoices } from './mix'

const DIM = 32
const voice = fc
  .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: DIM, maxLength: DIM })
  .filter((values) => values.some((value) => Math.abs(value) > 0.1))
  .map((values) => {
    const rms = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / DIM)
    return values.map((value) => value / rms)
  })
const weight = fc.double({ min: 0.01, max: 10, noNaN: true })
const rms = (vector: ArrayLike<number>): number => Math.sqrt(dot(vector, vector) / vector.length)

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** The angle between two voices, 0 … 180. */
function degreesBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cosine = dot(a, b) / (a.length * rms(a) * rms(b))
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI
}

describe('a mixed voice', () => {
  it('has unit RMS, and needs no weights that sum to one', () => {
    fc.assert(
      fc.property(voice, voice, voice, weight, weight, weight, (a, b, c, x, y, z) => {
        fc.pre(degreesBetween(a, b) < 100 && degreesBetween(a, c) < 100)
        const mixed = mixVoices([
          { vector: a, weight: x + 10 },
          { vector: b, weight: y },
          { vector: c, weight: z },
        ])
        expect(rms(mixed)).toBeCloseTo(1, 5)
        const doubled = mixVoices([
          { vector: a, weight: 2 * (x + 10) },
          { vector: b, weight: 2 * y },
          { vector: c, weight: 2 * z },
        ])
        doubled.forEach((value, i) => expect(value).toBeCloseTo(mixed[i], 5))
      }),
    )
  })

  it('at a corner is that voice, and in the middle as far from either', () => {
    fc.assert(
      fc.property(voice, voice, (a, b) => {
        fc.pre(degreesBetween(a, b) < 170)
        const corner = mixVoices([
          { vector: a, weight: 1 },
          { vector: b, weight: 0 },
        ])
        expect(degreesBetween(corner, a)).toBeLessThan(0.1)
        const middle = mixVoices([
          { vector: a, weight: 1 },
          { vector: b, weight: 1 },
        ])
        expect(degreesBetween(middle, a)).toBeCloseTo(degreesBetween(middle, b), 1)
        expect(degreesBetween(middle, a)).toBeCloseTo(degreesBetween(a, b) / 2, 1)
      }),
    )
  })

  it('is refused without weights, of unequal vectors, and where nothing is left', () => {
    const a = [1, -1]
    expect(() => mixVoices([])).toThrow(/needs voices/)
    expect(() => mixVoices([{ vector: a, weight: 0 }])).toThrow(/needs voices/)
    expect(() => mixVoices([{ vector: a, weight: -1 }])).toThrow(/needs voices/)
    expect(() => mixVoices([{ vector: a, weight: NaN }])).toThrow(/needs voices/)
    expect(() =>
      mixVoices([
        { vector: a, weight: 1 },
        { vector: [1], weight: 1 },
      ]),
    ).toThrow(/needs voices/)
    expect(() =>
      mixVoices([
        { vector: a, weight: 1 },
        { vector: [-1, 1], weight: 1 },
      ]),
    ).toThrow(/cancel/)
  })
})
