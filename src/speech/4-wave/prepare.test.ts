import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainError } from '../errors'
import { createNoise } from './noise'
import { mixToMono, prepareRecording } from './prepare'

/** Half a second on, half a second off, twice: a crude sentence. */
function bursts(level: number, rateHz = 24_000): Float32Array {
  return Float32Array.from({ length: rateHz * 2 }, (_, i) =>
    i % rateHz < rateHz / 2 ? level * Math.sin((2 * Math.PI * 220 * i) / rateHz) : 0,
  )
}

const codeOf = (make: () => unknown): string => {
  try {
    make()
  } catch (thrown) {
    return toPlainError(thrown).code
  }
  return 'none'
}

describe('preparing a recording', () => {
  it('gives whole frames, padded, at one level, for any length and rate', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8000, 16_000, 24_000, 44_100, 48_000),
        fc.integer({ min: 2, max: 20_000 }),
        (rateHz, length) => {
          const prepared = prepareRecording(
            new Float32Array(length).map((_, i) => 0.1 * Math.cos(i)),
            rateHz,
          )
          const speech = Math.ceil((length * 24_000) / rateHz)
          expect(prepared.length % 600).toBe(0)
          expect(prepared.length).toBe(Math.ceil((speech + 7200) / 600) * 600)
          expect(prepared.subarray(0, 3600).every((sample) => sample === 0)).toBe(true)
          expect(prepared.every((sample) => Math.abs(sample) <= 1)).toBe(true)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('hears the same at any level, down to -100 dB of peaks', () => {
    const reference = prepareRecording(bursts(0.5), 24_000)
    for (const level of [1e-4, 1e-2, 1, 30]) {
      const prepared = prepareRecording(bursts(level), 24_000)
      const worst = prepared.reduce((most, value, i) => Math.max(most, Math.abs(value - reference[i])), 0)
      // 1e-12 is added to the energy, as the prototype does: 1e-4 of it at the lowest level.
      expect(worst).toBeLessThan(1e-4)
    }
  })

  it('is not upset by NaN, infinities, nonsense and an offset', () => {
    const damaged = bursts(0.2)
    damaged[100] = NaN
    damaged[2000] = Infinity
    damaged[3000] = -1e30
    const shifted = bursts(0.2).map((sample) => sample + 0.5)
    for (const samples of [damaged, shifted]) {
      const prepared = prepareRecording(samples, 24_000)
      expect(prepared.every(Number.isFinite)).toBe(true)
      const rms = Math.sqrt(prepared.reduce((sum, sample) => sum + sample ** 2, 0) / prepared.length)
      expect(rms).toBeGreaterThan(0.03)
      expect(rms).toBeLessThan(0.06)
    }
  })

  it('says when there is nothing to hear', () => {
    const second = 24_000
    const silent = (samples: Float32Array): string => codeOf(() => prepareRecording(samples, second))
    const hum = (level: number): Float32Array =>
      Float32Array.from({ length: second }, (_, i) => level * Math.sin((2 * Math.PI * 50 * i) / second))
    expect(silent(new Float32Array(0))).toBe('audio-empty')
    expect(silent(new Float32Array(10))).toBe('audio-silent')
    expect(silent(new Float32Array(second))).toBe('audio-silent')
    expect(silent(new Float32Array(second).fill(NaN))).toBe('audio-silent')
    expect(silent(new Float32Array(second).fill(0.3))).toBe('audio-silent')
    expect(silent(hum(1e-3))).toBe('audio-silent')
    expect(silent(createNoise(1, 0)(0, second).map((sample) => sample * 5e-4))).toBe('audio-silent')
    expect(silent(bursts(1e-5))).toBe('audio-silent')
    expect(silent(hum(0.1))).toBe('none')
    expect(codeOf(() => prepareRecording(hum(0.1), 12))).toBe('audio-unreadable')
  })
})

describe('mixing to one channel', () => {
  it('takes the mean, as long as the shortest', () => {
    expect([...mixToMono([Float32Array.of(1, 2, 3), Float32Array.of(3, 0)])]).toEqual([2, 1])
    expect(mixToMono([]).length).toBe(0)
  })
})
