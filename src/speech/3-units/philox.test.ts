import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { philox4x32, seedToKey, uniformOpen } from './philox'

/** Known answers of the authors' Random123 library, kat_vectors, philox4x32 10: counter, key, output. */
const KNOWN_ANSWERS: [number[], number[], number[]][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
]

describe('Philox4x32-10', () => {
  it.each(KNOWN_ANSWERS)('answers as published: %j', ([c0, c1, c2, c3], [k0, k1], answer) => {
    expect([...philox4x32(new Uint32Array(4), c0, c1, c2, c3, k0, k1)]).toEqual(answer)
  })

  it('multiplies 32-bit words exactly', () => {
    const M0 = 0xd2511f53n
    const M1 = 0xcd9e8d57n
    const mask = 0xffffffffn
    const word = fc.nat(0xffffffff)
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        let [c0, c1, c2, c3] = counter.map(BigInt)
        let [k0, k1] = key.map(BigInt)
        for (let round = 0; round < 10; round++) {
          const a = M0 * c0
          const b = M1 * c2
          ;[c0, c1, c2, c3] = [(b >> 32n) ^ c1 ^ k0, b & mask, (a >> 32n) ^ c3 ^ k1, a & mask]
          k0 = (k0 + 0x9e3779b9n) & mask
          k1 = (k1 + 0xbb67ae85n) & mask
        }
        const found = philox4x32(new Uint32Array(4), ...counter, ...key)
        expect([...found]).toEqual([c0, c1, c2, c3].map(Number))
      }),
    )
  })
})

describe('seeds', () => {
  it('split into two words, negative ones in two’s complement', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const [low, high] = seedToKey(seed)
        expect(BigInt.asUintN(64, BigInt(seed))).toBe((BigInt(high) << 32n) | BigInt(low))
      }),
    )
  })

  it('must be safe integers', () => {
    for (const bad of [0.5, NaN, Infinity, 2 ** 53]) expect(() => seedToKey(bad)).toThrow(ConvergeError)
  })
})

describe('uniform numbers', () => {
  it('stay inside (0, 1) and are exact in float32', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (word) => {
        const u = uniformOpen(word)
        expect(u).toBeGreaterThan(0)
        expect(u).toBeLessThan(1)
        expect(Math.fround(u)).toBe(u)
      }),
    )
    expect(uniformOpen(0)).toBe(2 ** -24)
    expect(uniformOpen(0xffffffff)).toBe(1 - 2 ** -24)
  })
})
