/**
 * Owns: float16 as bits, for the references that repeat the packed cache in TypeScript.
 */
const floats = new Float32Array(1)
const bits = new Uint32Array(floats.buffer)

/** Rounded to the nearest, ties to even; infinity past 65504. */
export function floatToHalf(value: number): number {
  floats[0] = value
  const sign = (bits[0] >>> 16) & 0x8000
  const magnitude = bits[0] & 0x7fffffff
  if (magnitude >= 0x47800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00)
  if (magnitude >= 0x38800000) {
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
    return sign | ((rounded - 0x38000000) >>> 13)
  }
  // Below 2^-14 a half counts in steps of 2^-24.
  floats[0] = Math.abs(value) + 0.5
  return sign | (bits[0] - 0x3f000000)
}

export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Two neighbours as one word, the first in the low half. */
export const packHalves = (a: number, b: number): number => (floatToHalf(a) | (floatToHalf(b) << 16)) >>> 0

/** All words' halves, in order. */
export function unpackHalves(words: Uint32Array): Float32Array {
  const values = new Float32Array(words.length * 2)
  words.forEach((word, i) => {
    values[2 * i] = halfToFloat(word & 0xffff)
    values[2 * i + 1] = halfToFloat(word >>> 16)
  })
  return values
}
