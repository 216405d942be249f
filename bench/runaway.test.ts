import { describe, expect, it } from 'vitest'
import { checkTake, type SaidPhone } from './runaway'

const PLAN = ['_', 'HH', 'AY1', '_']
const said = (...frames: number[]): SaidPhone[] =>
  frames.map((count, i) => ({ phone: PLAN[i], frames: count }))

describe('a take', () => {
  it('is good when all is said in order and in time', () => {
    expect(checkTake(PLAN, said(5, 3, 9, 6), true, 32)).toEqual({
      isInOrder: true,
      isFinished: true,
      isRunaway: false,
      longestPhone: 'AY1',
      longestFrames: 9,
      isGood: true,
    })
  })

  it('is unfinished when it stops early or never ends by itself', () => {
    expect(checkTake(PLAN, said(5, 3), true, 32)).toMatchObject({
      isInOrder: true,
      isFinished: false,
      isGood: false,
    })
    expect(checkTake(PLAN, said(5, 3, 9, 6), false, 32)).toMatchObject({ isFinished: false, isGood: false })
    expect(checkTake(PLAN, [], true, 32)).toMatchObject({
      isGood: false,
      longestPhone: undefined,
      longestFrames: 0,
    })
  })

  it('is out of order when a phone is skipped, repeated, swapped or empty', () => {
    const [a, b, c, d] = said(5, 3, 9, 6)
    for (const wrong of [[a, c, d], [a, b, b, c, d], [a, c, b, d], said(5, 0, 9, 6)]) {
      expect(checkTake(PLAN, wrong, true, 32)).toMatchObject({ isInOrder: false, isGood: false })
    }
  })

  it('runs away when a phone is held to the limit', () => {
    expect(checkTake(PLAN, said(5, 3, 32, 6), true, 32)).toMatchObject({ isRunaway: true, isGood: false })
  })
})
