/**
 * Owns: the innermost sums of a matrix product, in integers: eight packed weight rows (columns / 2, 8, 2) int8 times 4, 2
 * or 1 woven rows of x (columns / 2, rows, 2) int16. Their sums (rows, 8) int32 are left in `sums`. Knows no scale.
 */

export const sums = memory.data(4 * 8 * 4, 16)

// @ts-ignore: decorator
@inline
function multiplyAdd(sum: v128, w: v128, pair: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(w, pair))
}

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
    a = multiplyAdd(a, low, pair)
    b = multiplyAdd(b, high, pair)
    pair = v128.load32_splat(x, 4)
    c = multiplyAdd(c, low, pair)
    d = multiplyAdd(d, high, pair)
    pair = v128.load32_splat(x, 8)
    e = multiplyAdd(e, low, pair)
    f = multiplyAdd(f, high, pair)
    pair = v128.load32_splat(x, 12)
    g = multiplyAdd(g, low, pair)
    h = multiplyAdd(h, high, pair)
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
    a = multiplyAdd(a, low, pair)
    b = multiplyAdd(b, high, pair)
    pair = v128.load32_splat(x, 4)
    c = multiplyAdd(c, low, pair)
    d = multiplyAdd(d, high, pair)
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
    a = multiplyAdd(a, v128.load_ext<i8>(w), pair)
    b = multiplyAdd(b, v128.load_ext<i8>(w, 8), pair)
    pair = v128.load32_splat(x, 4)
    c = multiplyAdd(c, v128.load_ext<i8>(w, 16), pair)
    d = multiplyAdd(d, v128.load_ext<i8>(w, 24), pair)
    w += 32
  }
  v128.store(sums, i32x4.add(a, c))
  v128.store(sums, i32x4.add(b, d), 16)
}
