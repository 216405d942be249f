/**
 * Owns: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011), the only source
 * of chance in what is drawn and heard. Counter-based: a number depends on its address alone, so every engine (TypeScript,
 * WGSL, WASM) finds the same integers in any order. Knows nothing of what the numbers are for, except the table of domains.
 *
 * Address layout, which other engines repeat bit for bit:
 *   key     = [low 32 bits of the seed, high 32 bits of the seed (two's complement)]
 *   counter = [c0, c1, c2, domain]
 *     DOMAIN.token  c0 = step, c1 = token id >> 2, c2 = take;     output word (token id & 3) belongs to the token
 *     DOMAIN.noise  c0 = low, c1 = high 32 bits of (sample >> 2), c2 = stream; the words give samples 4 i … 4 i + 3
 *     DOMAIN.phase  c0 = c1 = 0, c2 = stream; word 0 is the vocoder's start phase
 */
import { ConvergeError } from '../errors'

export const DOMAIN = { token: 0, noise: 1, phase: 2 } as const

/** Four 32-bit words; also the place that `philox4x32` writes to, so that a loop allocates nothing. */
export type Words = Uint32Array

const ROUNDS = 10
const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** High 32 bits of a 32 x 32 product, from 16-bit halves; each sum stays below 2^32, so that all is integer work. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)
  const carry = Math.imul(aLow, bHigh) + (middle & 0xffff)
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) >>> 0
}

/** Writes the four words at `(c0, c1, c2, c3)` under `(k0, k1)` into `out` and returns it. All arguments are u32. */
export function philox4x32(
  out: Words,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): Words {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(M0, c0)
    const low0 = Math.imul(M0, c0) >>> 0
    const high1 = multiplyHigh(M1, c2)
    const low1 = Math.imul(M1, c2) >>> 0
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0
    k0 = (k0 + W0) >>> 0
    k1 = (k1 + W1) >>> 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
  return out
}

/**
 * A seed as the generator's key.
 * @throws ConvergeError `option-invalid` where the seed is no safe integer.
 */
export function seedToKey(seed: number): readonly [low: number, high: number] {
  if (!Number.isSafeInteger(seed)) {
    throw new ConvergeError('option-invalid', `The seed must be a whole number below 2^53; found ${seed}.`, {
      option: 'seed',
      found: String(seed),
    })
  }
  const high = Math.floor(seed / 0x100000000)
  return [seed - high * 0x100000000, high >>> 0]
}

/**
 * A word as a number in the open interval (0, 1): (n + 1/2) / 2^23 with n the word's upper 23 bits. Exact in float32, so
 * WGSL and WASM get the very same value, and neither log(u) nor log(-log(u)) can be infinite.
 */
export function uniformOpen(word: number): number {
  return ((word >>> 9) + 0.5) / 0x800000
}
