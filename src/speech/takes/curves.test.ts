import { describe, expect, it } from 'vitest'
import { takesToCurves } from './curves'

const slow = {
  phones: ['B', 'AA1'],
  durationsFrames: [1, 3],
  hz: [0, 0, 200, 200, 200, 200, 200, 0],
}
const fast = { ...slow, durationsFrames: [1, 1], hz: [0, 0, 200, 200] }

describe('curves of several takes', () => {
  it('run in seconds, and break where there is no voice', () => {
    const [curve] = takesToCurves([slow], 'seconds', 40)
    expect(curve.at.slice(0, 3)).toEqual([0.25 / 40, 0.75 / 40, expect.closeTo(1.25 / 40, 10)])
    expect(curve.hz).toEqual([null, null, 200, 200, 200, 200, 200, null])
    expect(curve.boundaries).toEqual([
      { phone: 'B', start: 0, end: 0.025 },
      { phone: 'AA1', start: 0.025, end: 0.1 },
    ])
  })

  it('lie over one another on the axis of the phones', () => {
    const curves = takesToCurves([slow, fast], 'phones', 40)
    expect(curves[0].boundaries).toEqual(curves[1].boundaries)
    for (const { at, hz } of curves) {
      expect(at.length).toBe(hz.length)
      expect(at.every((place, i) => i === 0 || place > at[i - 1])).toBe(true)
      expect(at[at.length - 1]).toBeLessThan(2)
    }
  })
})
