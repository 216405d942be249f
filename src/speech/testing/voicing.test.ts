import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createNoise } from '../4-wave/noise'
import { decodeWav } from '../4-wave/wav'
import { samplesToVoicing } from './voicing'

/** Ten falling harmonics, one second. */
function buzz(hz: number, rateHz: number): Float32Array {
  return Float32Array.from({ length: rateHz }, (_, i) => {
    let sum = 0
    for (let k = 1; k <= 10; k++) sum += Math.sin((2 * Math.PI * hz * k * i) / rateHz) / k
    return 0.2 * sum
  })
}

const median = (values: Float32Array): number => values.toSorted()[Math.floor(values.length / 2)]

describe('voicing', () => {
  it.each([70, 110, 220, 390])('finds a pitch of %i Hz at any rate', (hz) => {
    for (const rateHz of [8000, 16_000, 24_000, 44_100]) {
      const { f0Hz, voicedFraction } = samplesToVoicing(buzz(hz, rateHz), rateHz)
      expect(voicedFraction).toBeGreaterThan(0.9)
      expect(Math.abs(median(f0Hz) / hz - 1)).toBeLessThan(0.01)
    }
  })

  it('finds none in noise and in silence', () => {
    const noise = createNoise(3, 0)(0, 24_000).map((sample) => sample * 0.1)
    expect(samplesToVoicing(noise, 24_000).voicedFraction).toBeLessThan(0.05)
    const silence = samplesToVoicing(new Float32Array(24_000), 24_000)
    expect(silence.voicedFraction).toBe(0)
    expect(silence.levelsDb.every((level) => level === -Infinity)).toBe(true)
    expect(samplesToVoicing(new Float32Array(0), 24_000).levelsDb.length).toBe(0)
  })

  it('tells levels in dB below full scale', () => {
    const { levelsDb, hopSeconds } = samplesToVoicing(new Float32Array(2400).fill(0.1), 24_000)
    expect(hopSeconds).toBe(0.01)
    expect(levelsDb[5]).toBeCloseTo(-20, 4)
  })

  it('hears that a person speaks', () => {
    const file = readFileSync(new URL('../../../e2e/fixtures/librivox/sense-0880.wav', import.meta.url))
    const { channels, sampleRateHz } = decodeWav(file)
    const { f0Hz, voicedFraction } = samplesToVoicing(channels[0], sampleRateHz)
    expect(voicedFraction).toBeGreaterThan(0.3)
    expect(voicedFraction).toBeLessThan(0.9)
    const hz = median(f0Hz.filter((value) => value > 0))
    expect(hz).toBeGreaterThan(80)
    expect(hz).toBeLessThan(300)
  })
})
