/**
 * Owns: the innermost sums of a matrix product, in integers: eight packed weight rows (columns / 2, 8, 2) int8 times 4, 2
 * or 1 woven rows of x (columns / 2, rows, 2) int16. Their sums (rows, 8) int32 are left in `sums`. Knows no scale.
 */
import { dotAdd } from './simd'

export const sums = memory.data(4 * 8 * 4, 16)

// @ts-ignore: decorator
@inline
export function eightByFour(w: usize, x: usize, columns: i32): void {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  let e = i32x4.splat(0)
  let f = i32x4.splat(0)
  let g = i32x4.splat(0)
  let h = i32x4.splat(0)
  for (const end = x + (<usize>columns << 3); x < end; x += 16) {
    const low = v128.load_ext<i8>(w)
    const high = v128.load_ext<i8>(w, 8)
    let pair = v128.load32_splat(x)
    a = dotAdd(a, low, pair)
    b = dotAdd(b, high, pair)
    pair = v128.load32_splat(x, 4)
    c = dotAdd(c, low, pair)
    d = dotAdd(d, high, pair)
    pair = v128.load32_splat(x, 8)
    e = dotAdd(e, low, pair)
    f = dotAdd(f, high, pair)
    pair = v128.load32_splat(x, 12)
    g = dotAdd(g, low, pair)
    h = dotAdd(h, high, pair)
    w += 16
  }
  v128.store(sums, a)
  v128.store(sums, b, 16)
  v128.store(sums, c, 32)
  v128.store(sums, d, 48)
  v128.store(sums, e, 64)
  v128.store(sums, f, 80)
  v128.store(sums, g, 96)
  v128.store(sums, h, 112)
}

// @ts-ignore: decorator
@inline
export function eightByTwo(w: usize, x: usize, columns: i32): void {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  for (const end = x + (<usize>columns << 2); x < end; x += 8) {
    const low = v128.load_ext<i8>(w)
    const high = v128.load_ext<i8>(w, 8)
    let pair = v128.load32_splat(x)
    a = dotAdd(a, low, pair)
    b = dotAdd(b, high, pair)
    pair = v128.load32_splat(x, 4)
    c = dotAdd(c, low, pair)
    d = dotAdd(d, high, pair)
    w += 16
  }
  v128.store(sums, a)
  v128.store(sums, b, 16)
  v128.store(sums, c, 32)
  v128.store(sums, d, 48)
}

/** Two pairs of columns a step, so that there are four sums to go on with. */
// @ts-ignore: decorator
@inline
export function eightByOne(w: usize, x: usize, columns: i32): void {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  for (const end = x + (<usize>columns << 1); x < end; x += 8) {
    let pair = v128.load32_splat(x)
    a = dotAdd(a, v128.load_ext<i8>(w), pair)
    b = dotAdd(b, v128.load_ext<i8>(w, 8), pair)
    pair = v128.load32_splat(x, 4)
    c = dotAdd(c, v128.load_ext<i8>(w, 16), pair)
    d = dotAdd(d, v128.load_ext<i8>(w, 24), pair)
    w += 32
  }
  v128.store(sums, i32x4.add(a, c))
  v128.store(sums, i32x4.add(b, d), 16)
}
