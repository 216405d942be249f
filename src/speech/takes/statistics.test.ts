import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentile } from './pitch'
import { takeToStatistics } from './statistics'

const shape = { frameRateHz: 40, controlsPerFrame: 3 }
/** One control frame: pitch, voicing, an envelope. */
const frame = (hz: number, voicing: number): number[] => [Math.log(hz), voicing, 0]

describe('the figures of a take', () => {
  it('count sounds and pauses inside the speech', () => {
    const take = {
      phones: ['_', 'HH', 'AY1', ',', ' ', 'B', 'IY0', ' ', 'AA1', '.', '_'],
      durationsFrames: [20, 2, 6, 6, 4, 4, 8, 2, 8, 10, 10],
    }
    expect(takeToStatistics(take, shape)).toEqual({
      durationSeconds: 2,
      speechSeconds: 1,
      phonesPerSecond: 5,
      pauses: 1,
      pauseSeconds: 0.25,
      pitch: undefined,
      meanEntropyNats: undefined,
      logProbabilityNats: undefined,
    })
  })

  it('read the pitch that the vocoder sings, voiced frames alone', () => {
    const voiced = [100, 200].flatMap((hz) => Array.from({ length: 50 }, () => frame(hz, 1)).flat())
    const controls = Float32Array.from([...voiced, ...frame(400, -1), ...frame(400, 0)])
    const { pitch } = takeToStatistics({ phones: ['AA1'], durationsFrames: [51], controls }, shape)
    expect(pitch?.meanHz).toBeCloseTo(150, 3)
    expect(pitch?.lowHz).toBeCloseTo(100, 3)
    expect(pitch?.rangeSemitones).toBeCloseTo(12, 4)
    expect(pitch?.voicedFraction).toBeCloseTo(100 / 102, 6)
    const whisper = Float32Array.from(frame(100, -1))
    expect(takeToStatistics({ phones: ['HH'], durationsFrames: [1], controls: whisper }, shape).pitch).toBe(
      undefined,
    )
  })

  it('say how sure the model was', () => {
    const take = { phones: ['B'], durationsFrames: [1], probabilities: [0.5, 0.25], entropiesNats: [1, 2] }
    expect(takeToStatistics(take, shape)).toMatchObject({
      meanEntropyNats: 1.5,
      logProbabilityNats: Math.log(0.125),
    })
  })

  it('stay finite for a take without any sound', () => {
    const { phonesPerSecond, speechSeconds, pauses } = takeToStatistics(
      { phones: ['_', '_'], durationsFrames: [9, 9] },
      shape,
    )
    expect([phonesPerSecond, speechSeconds, pauses]).toEqual([0, 0, 0])
  })
})

it('percentiles lie between the least and the most', () => {
  // Adding 0 makes 0 of -0, which no figure is and which `toBe` tells apart.
  const value = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((drawn) => drawn + 0)
  const values = fc.array(value, { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const sorted = list.toSorted((a, b) => a - b)
      expect(percentile(sorted, share)).toBeGreaterThanOrEqual(sorted[0] - 1e-9)
      expect(percentile(sorted, share)).toBeLessThanOrEqual(sorted[sorted.length - 1] + 1e-9)
      expect(percentile(sorted, 1)).toBe(sorted[sorted.length - 1])
    }),
  )
})
