/**
 * Owns: turning a row's queries or keys by its two positions. Knows no cache.
 */

/**
 * x (heads, headDim) in place: (a, b) of a head's two halves become (a cos - b sin, b cos + a sin). `cosines` and `sines`
 * (headDim / 2), the first half of them by time, the second by phone. headDim is a multiple of 8.
 */
export function rotate(x: usize, heads: i32, headDim: i32, cosines: usize, sines: usize): void {
  const half = (<usize>headDim) << 1
  for (let head = 0; head < heads; head++) {
    for (let i: usize = 0; i < half; i += 16) {
      const cos = v128.load(cosines + i)
      const sin = v128.load(sines + i)
      const a = v128.load(x + i)
      const b = v128.load(x + half + i)
      v128.store(x + i, f32x4.sub(f32x4.mul(a, cos), f32x4.mul(b, sin)))
      v128.store(x + half + i, f32x4.add(f32x4.mul(b, cos), f32x4.mul(a, sin)))
    }
    x += half << 1
  }
}
