import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Phone } from '../vocabulary'
import { phonesToDurations } from './reading-frames'
import { BOUNDARY, type HeardSound } from './sounds'

const names = [' ', 'B', 'AE', 'D', 'T', 'IY']
const sounds = {
  names,
  ofPhone: (phone: Phone) => Math.max(BOUNDARY, names.indexOf(phone.replace(/\d$/, ''))),
}
const DELAY_FRAMES = 3

const heardAt = (...said: readonly (readonly [name: string, frames: number])[]): HeardSound[] =>
  said.map(([name, frames]) => ({
    phone: name,
    sound: names.indexOf(name),
    frames,
    probability: 1,
    posteriors: new Float32Array(names.length),
  }))

test('phones that were heard end when they were; one that was not lies between', () => {
  const heard = heardAt(['B', 13], ['AE', 18], ['D', 23])
  expect(phonesToDurations(['B', 'AE1', 'D'], heard, sounds, 40, DELAY_FRAMES)).toEqual([7, 3, 5, 5, 20])
  expect(phonesToDurations(['B', 'AE1', 'T', 'D'], heard, sounds, 40, DELAY_FRAMES)).toEqual([
    7, 3, 5, 3, 2, 20,
  ])
  expect(phonesToDurations(['B', 'IY1', 'D'], heard, sounds, 40, DELAY_FRAMES)).toEqual([7, 3, 5, 5, 20])
})

test('any phones and any sounds: all frames are given out, at least one each, or it does not fit', () => {
  const phone = fc.constantFrom('B', 'AE1', 'D', 'T', 'IY0', ' ')
  const said = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(90)), { maxLength: 20 })
  fc.assert(
    fc.property(
      fc.array(phone, { minLength: 1, maxLength: 20 }),
      said,
      fc.integer({ min: 1, max: 90 }),
      (phones, given, frames) => {
        const heard = heardAt(...given.toSorted((a, b) => a[1] - b[1]))
        const durations = phonesToDurations(phones, heard, sounds, frames, DELAY_FRAMES)
        if (frames < phones.length + 2) expect(durations).toBeUndefined()
        else {
          expect(durations).toHaveLength(phones.length + 2)
          expect(durations?.every((duration) => duration >= 1)).toBe(true)
          expect(durations?.reduce((sum, duration) => sum + duration, 0)).toBe(frames)
        }
      },
    ),
  )
})
