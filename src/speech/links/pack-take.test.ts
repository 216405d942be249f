import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64urlToBytes, bytesToBase64url } from './base64url'
import { bytesToTake, takeToBytes } from './pack-take'

const takeArbitrary = fc
  .integer({ min: 1, max: 65_535 })
  .chain((largest) =>
    fc
      .array(fc.array(fc.nat(largest), { minLength: 1, maxLength: 200 }), { maxLength: 30 })
      .map((phones) => ({ units: phones.flat(), durationsFrames: phones.map(({ length }) => length) })),
  )

describe('a packed take', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(takeArbitrary, (take) => {
        expect(bytesToTake(takeToBytes(take))).toEqual(take)
      }),
    )
  })

  it('has ten bits a unit and a byte a phone', () => {
    const units = Array.from({ length: 120 }, (_, i) => 1023 - i)
    const durationsFrames = Array.from({ length: 40 }, () => 3)
    expect(takeToBytes({ units, durationsFrames })).toHaveLength(1 + 1 + 150 + 1 + 40)
  })

  it('is refused when it was damaged, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const take = bytesToTake(bytes)
        const frames = take?.durationsFrames.reduce((sum, each) => sum + each, 0)
        expect(frames).toBe(take?.units.length)
      }),
      { numRuns: 2000 },
    )
    const bytes = takeToBytes({ units: [1, 2, 3], durationsFrames: [1, 2] })
    for (let length = 0; length < bytes.length; length++) {
      expect(bytesToTake(bytes.subarray(0, length))).toBe(undefined)
    }
    expect(bytesToTake(Uint8Array.from([...bytes, 0]))).toBe(undefined)
    expect(bytesToTake(Uint8Array.of(1, 0xff, 0xff, 0xff, 0x7f))).toBe(undefined)
  })
})

describe('base64url', () => {
  it('is what Node writes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = bytesToBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect([...(base64urlToBytes(text) ?? [])]).toEqual([...bytes])
      }),
    )
  })

  it('refuses what it would not write', () => {
    for (const text of ['A', 'AB=', 'A+//', 'AB', 'ü', ' ']) expect(base64urlToBytes(text)).toBe(undefined)
    expect(base64urlToBytes('')).toEqual(new Uint8Array(0))
  })
})
