import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixVoices, voiceDistanceDegrees } from './mix'

const DIM = 32
const voice = fc
  .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: DIM, maxLength: DIM })
  .filter((values) => values.some((value) => Math.abs(value) > 0.1))
  .map((values) => {
    const rms = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / DIM)
    return values.map((value) => value / rms)
  })
const weight = fc.double({ min: 0.01, max: 10, noNaN: true })
const rms = (vector: Float32Array): number =>
  Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0) / vector.length)

describe('a mixed voice', () => {
  it('has unit RMS, and needs no weights that sum to one', () => {
    fc.assert(
      fc.property(voice, voice, voice, weight, weight, weight, (a, b, c, x, y, z) => {
        fc.pre(voiceDistanceDegrees(a, b) < 100 && voiceDistanceDegrees(a, c) < 100)
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
        fc.pre(voiceDistanceDegrees(a, b) < 170)
        const corner = mixVoices([
          { vector: a, weight: 1 },
          { vector: b, weight: 0 },
        ])
        expect(voiceDistanceDegrees(corner, a)).toBeLessThan(0.1)
        const middle = mixVoices([
          { vector: a, weight: 1 },
          { vector: b, weight: 1 },
        ])
        expect(voiceDistanceDegrees(middle, a)).toBeCloseTo(voiceDistanceDegrees(middle, b), 1)
        expect(voiceDistanceDegrees(middle, a)).toBeCloseTo(voiceDistanceDegrees(a, b) / 2, 1)
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

it('voices are 0 degrees from themselves and 180 from their opposite', () => {
  expect(voiceDistanceDegrees([1, 1], [1, 1])).toBeCloseTo(0, 5)
  expect(voiceDistanceDegrees([1, 1], [-1, -1])).toBeCloseTo(180, 5)
  expect(voiceDistanceDegrees([1, 1], [1, -1])).toBeCloseTo(90, 5)
})
