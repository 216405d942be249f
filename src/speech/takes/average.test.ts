import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averageTakes, type AlignedTake } from './average'

const decoder = { harmonicBands: 1, noiseBands: 1, phaseBands: 1, pastFrames: 1, futureFrames: 1 }
const WIDTH = 5

/** Each phone's frames all alike: `level` of the take times the phone's number. */
function steady(durationsFrames: readonly number[], level: number, voicing = 1): AlignedTake {
  const rows = durationsFrames.flatMap((frames, phone) =>
    Array.from({ length: 2 * frames }, () => [level * phone, voicing, level, level, level]),
  )
  return { durationsFrames, controls: Float32Array.from(rows.flat()) }
}

const durationLists = fc.nat(6).chain((extra) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: extra + 1, maxLength: extra + 1 }), {
    minLength: 1,
    maxLength: 5,
  }),
)

describe('the average of takes', () => {
  it('of one take is that take', () => {
    const take = steady([2, 5, 1], 3)
    expect(averageTakes([take], decoder)).toEqual(take)
    expect(averageTakes([take, take, take], decoder)).toEqual(take)
  })

  it('has mean durations, and every phone in its place', () => {
    fc.assert(
      fc.property(durationLists, (lists) => {
        const average = averageTakes(
          lists.map((durations, i) => steady(durations, i + 1)),
          decoder,
        )
        const frames = (durations: readonly number[]) => durations.reduce((sum, each) => sum + each, 0)
        const mean = lists.map(frames).reduce((sum, each) => sum + each, 0) / lists.length
        expect(Math.abs(frames(average.durationsFrames) - mean)).toBeLessThanOrEqual(0.5 + 1e-6)
        expect(Math.min(...average.durationsFrames)).toBeGreaterThanOrEqual(1)
        expect(average.controls).toHaveLength(2 * WIDTH * frames(average.durationsFrames))
        const level = (lists.length + 1) / 2
        const expected = steady(average.durationsFrames, level).controls
        average.controls.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4))
      }),
    )
  })

  it('asks only the voiced takes for the pitch', () => {
    const { controls } = averageTakes([steady([1, 1], 4, 1), steady([1, 1], 8, -3)], decoder)
    expect(controls.slice(2 * WIDTH, 3 * WIDTH)).toEqual(Float32Array.of(4, -1, 6, 6, 6))
  })

  it('refuses takes of other phones, and none at all', () => {
    expect(() => averageTakes([], decoder)).toThrow(/same phones/)
    expect(() => averageTakes([steady([1], 1), steady([1, 1], 1)], decoder)).toThrow(/same phones/)
  })
})
