import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRealFft } from './fft'

/** The definition, term by term. */
function slowDft(frame: Float64Array): Float64Array {
  const size = frame.length
  const spectrum = new Float64Array(size + 2)
  for (let k = 0; k <= size / 2; k++) {
    for (let n = 0; n < size; n++) {
      const angle = (2 * Math.PI * ((k * n) % size)) / size
      spectrum[2 * k] += frame[n] * Math.cos(angle)
      spectrum[2 * k + 1] -= frame[n] * Math.sin(angle)
    }
  }
  return spectrum
}

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)

const framesOf = (size: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size })
    .map((values) => Float64Array.from(values))

describe.each([2, 4, 6, 10, 16, 30, 64, 250, 400, 1024])('a real transform of %i samples', (size) => {
  const fft = createRealFft(size)
  const runs = { numRuns: size > 200 ? 5 : 50 }

  it('equals the definition', () => {
    fc.assert(
      fc.property(framesOf(size), (frame) => {
        const spectrum = new Float64Array(2 * fft.bins)
        fft.forward(frame, spectrum)
        // Rounding grows with the sums: some hundred float64 roundings.
        expect(distance(spectrum, slowDft(frame))).toBeLessThan(1e-13 * size + 1e-13)
      }),
      runs,
    )
  })

  it('comes back', () => {
    fc.assert(
      fc.property(framesOf(size), (frame) => {
        const spectrum = new Float64Array(2 * fft.bins)
        const back = new Float64Array(size)
        fft.forward(frame, spectrum)
        fft.inverse(spectrum, back)
        expect(distance(back, frame)).toBeLessThan(1e-13)
      }),
      runs,
    )
  })

  it('ignores imaginary parts that no real signal has', () => {
    const spectrum = new Float64Array(2 * fft.bins).fill(1)
    const with7 = Float64Array.from(spectrum)
    with7[1] = 7
    with7[with7.length - 1] = 7
    const a = new Float64Array(size)
    const b = new Float64Array(size)
    fft.inverse(spectrum, a)
    fft.inverse(with7, b)
    expect(b).toEqual(a)
  })
})
