/**
 * Owns: out = x · weightᵀ (or out += …). Weights are int8 with a scale for each row, as they lie in the file; x is int16
 * with a scale for each group of columns. Sums of a group are exact in int32, so a row of x gives the same bits alone and
 * in a batch. Knows no model.
 */
import { sumEachI32 } from './simd'

/** Four weight rows of one block, widened to int16 for a batch; (4, columns). */
const MAX_COLUMNS = 4096
const widened = memory.data(4 * MAX_COLUMNS * 2, 16)

/** A group's sums over four weight rows and one or two rows of x. */
let second: v128 = i64x2.splat(0)

/** Eight weights as int16. T is i8 (as stored) or i16 (widened). */
// @ts-ignore: decorator
@inline
function load8<T>(at: usize): v128 {
  return sizeof<T>() == 1 ? v128.load_ext<i8>(at) : v128.load(at)
}

/** (4) int32 sums: four weight rows, `stride` bytes apart, times one row of x. */
// @ts-ignore: decorator
@inline
function four<T>(w: usize, stride: usize, x: usize, columns: i32): v128 {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  const w1 = w + stride
  const w2 = w1 + stride
  const w3 = w2 + stride
  for (let i: usize = 0, end = <usize>columns; i < end; i += 8) {
    const at = i * sizeof<T>()
    const xs = v128.load(x + (i << 1))
    a = i32x4.add(a, i32x4.dot_i16x8_s(load8<T>(w + at), xs))
    b = i32x4.add(b, i32x4.dot_i16x8_s(load8<T>(w1 + at), xs))
    c = i32x4.add(c, i32x4.dot_i16x8_s(load8<T>(w2 + at), xs))
    d = i32x4.add(d, i32x4.dot_i16x8_s(load8<T>(w3 + at), xs))
  }
  return sumEachI32(a, b, c, d)
}

/** As `four` for two rows of x; the second's sums are left in `second`. */
// @ts-ignore: decorator
@inline
function fourByTwo<T>(w: usize, stride: usize, x: usize, y: usize, columns: i32): v128 {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  let e = i32x4.splat(0)
  let f = i32x4.splat(0)
  let g = i32x4.splat(0)
  let h = i32x4.splat(0)
  const w1 = w + stride
  const w2 = w1 + stride
  const w3 = w2 + stride
  for (let i: usize = 0, end = <usize>columns; i < end; i += 8) {
    const at = i * sizeof<T>()
    const xs = v128.load(x + (i << 1))
    const ys = v128.load(y + (i << 1))
    let row = load8<T>(w + at)
    a = i32x4.add(a, i32x4.dot_i16x8_s(row, xs))
    e = i32x4.add(e, i32x4.dot_i16x8_s(row, ys))
    row = load8<T>(w1 + at)
    b = i32x4.add(b, i32x4.dot_i16x8_s(row, xs))
    f = i32x4.add(f, i32x4.dot_i16x8_s(row, ys))
    row = load8<T>(w2 + at)
    c = i32x4.add(c, i32x4.dot_i16x8_s(row, xs))
    g = i32x4.add(g, i32x4.dot_i16x8_s(row, ys))
    row = load8<T>(w3 + at)
    d = i32x4.add(d, i32x4.dot_i16x8_s(row, xs))
    h = i32x4.add(h, i32x4.dot_i16x8_s(row, ys))
  }
  second = sumEachI32(e, f, g, h)
  return sumEachI32(a, b, c, d)
}

// @ts-ignore: decorator
@inline
function scaled(sums: v128, scale: usize): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load32_splat(scale))
}

// @ts-ignore: decorator
@inline
function put(out: usize, value: v128, add: bool): void {
  v128.store(out, add ? f32x4.add(v128.load(out), value) : value)
}

/** Four weight rows times all rows of x. */
// @ts-ignore: decorator
@inline
function block<T>(
  w: usize,
  rowScales: v128,
  x: usize,
  xScales: usize,
  xRows: i32,
  columns: i32,
  group: i32,
  out: usize,
  outStride: usize,
  add: bool,
): void {
  const groups = columns / group
  const stride = <usize>columns * sizeof<T>()
  const xStride = <usize>columns << 1
  const scaleStride = <usize>groups << 2
  let row = 0
  for (; row + 2 <= xRows; row += 2) {
    let p = f32x4.splat(0)
    let q = f32x4.splat(0)
    for (let g = 0; g < groups; g++) {
      const at = <usize>(g * group)
      const scale = xScales + (<usize>g << 2)
      const sums = fourByTwo<T>(w + at * sizeof<T>(), stride, x + (at << 1), x + xStride + (at << 1), group)
      p = f32x4.add(p, scaled(sums, scale))
      q = f32x4.add(q, scaled(second, scale + scaleStride))
    }
    put(out, f32x4.mul(p, rowScales), add)
    put(out + outStride, f32x4.mul(q, rowScales), add)
    x += xStride << 1
    xScales += scaleStride << 1
    out += outStride << 1
  }
  if (row < xRows) {
    let p = f32x4.splat(0)
    for (let g = 0; g < groups; g++) {
      const at = <usize>(g * group)
      const sums = four<T>(w + at * sizeof<T>(), stride, x + (at << 1), group)
      p = f32x4.add(p, scaled(sums, xScales + (<usize>g << 2)))
    }
    put(out, f32x4.mul(p, rowScales), add)
  }
}

// @ts-ignore: decorator
@inline
function widen(w: usize, count: i32): void {
  for (let i: usize = 0, end = <usize>count; i < end; i += 8) v128.store(widened + (i << 1), v128.load_ext<i8>(w + i))
}

/**
 * out (xRows, rows) = x (xRows, columns) · weight (rows, columns)ᵀ; with `add` it is added to.
 * rows is a multiple of 4; columns of `group`, at most 4,096; group of 8. xScales (xRows, columns / group).
 */
export function matmul(
  w: usize,
  wScales: usize,
  rows: i32,
  columns: i32,
  x: usize,
  xScales: usize,
  group: i32,
  xRows: i32,
  out: usize,
  add: bool,
): void {
  const outStride = <usize>rows << 2
  const step = <usize>columns << 2
  for (let r = 0; r < rows; r += 4) {
    const scales = v128.load(wScales + (<usize>r << 2))
    const to = out + (<usize>r << 2)
    if (xRows < WIDEN_FROM_ROWS) {
      block<i8>(w, scales, x, xScales, xRows, columns, group, to, outStride, add)
    } else {
      widen(w, <i32>step)
      block<i16>(widened, scales, x, xScales, xRows, columns, group, to, outStride, add)
    }
    w += step
  }
}

/** From this many rows of x on, widening a block of weights once costs less than in every pair. */
const WIDEN_FROM_ROWS = 4
