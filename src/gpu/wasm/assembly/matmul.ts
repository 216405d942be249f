/**
 * Owns: out = x · weightᵀ (or out += …). Weights are int8 with a scale for each row, packed by four rows; x is int16 with a
 * scale for each group of columns. Sums of a group are exact in int32, so a row of x gives the same bits alone and in a
 * batch. Knows no model.
 *
 * Variants, measured on one thread of a Zen 5 server under Node 20: all products of one step (10.2 M weights), the least
 * of 40 runs, milliseconds for 1 row of x and for each of 8:
 *   rows as they lie in the file, four at a time          0.33   0.26
 *   packed by four rows, two rows of x at once (kept)     0.28   0.23
 *   packed, a block widened to int16 once for a batch     0.29   0.24    no gain
 *   packed, columns unrolled twice                        0.28   0.28    two rows of x run out of registers
 * A scale for every 32 columns of the last projection costs 38 % of that product, for every 96 (kept) 12 %.
 */
import { sumEachI32 } from './simd'

/** Four weight rows on their way to their packed place. */
const MAX_COLUMNS = 4096
const unpacked = memory.data(4 * MAX_COLUMNS, 16)

/** A group's sums over four weight rows and one or two rows of x. */
let second: v128 = i64x2.splat(0)

/** Eight weights of row `row` of a block as int16. */
// @ts-ignore: decorator
@inline
function load8(at: usize, row: usize): v128 {
  return v128.load_ext<i8>(at + (row << 3))
}

/** (4) int32 sums: a block of four weight rows times one row of x. */
// @ts-ignore: decorator
@inline
function four(w: usize, x: usize, columns: i32): v128 {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  for (const end = x + (<usize>columns << 1); x < end; x += 16) {
    const xs = v128.load(x)
    a = i32x4.add(a, i32x4.dot_i16x8_s(load8(w, 0), xs))
    b = i32x4.add(b, i32x4.dot_i16x8_s(load8(w, 1), xs))
    c = i32x4.add(c, i32x4.dot_i16x8_s(load8(w, 2), xs))
    d = i32x4.add(d, i32x4.dot_i16x8_s(load8(w, 3), xs))
    w += 32
  }
  return sumEachI32(a, b, c, d)
}

/** As `four` for two rows of x; the second's sums are left in `second`. */
// @ts-ignore: decorator
@inline
function fourByTwo(w: usize, x: usize, xStride: usize, columns: i32): v128 {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  let e = i32x4.splat(0)
  let f = i32x4.splat(0)
  let g = i32x4.splat(0)
  let h = i32x4.splat(0)
  for (const end = x + (<usize>columns << 1); x < end; x += 16) {
    const xs = v128.load(x)
    const ys = v128.load(x + xStride)
    let row = load8(w, 0)
    a = i32x4.add(a, i32x4.dot_i16x8_s(row, xs))
    e = i32x4.add(e, i32x4.dot_i16x8_s(row, ys))
    row = load8(w, 1)
    b = i32x4.add(b, i32x4.dot_i16x8_s(row, xs))
    f = i32x4.add(f, i32x4.dot_i16x8_s(row, ys))
    row = load8(w, 2)
    c = i32x4.add(c, i32x4.dot_i16x8_s(row, xs))
    g = i32x4.add(g, i32x4.dot_i16x8_s(row, ys))
    row = load8(w, 3)
    d = i32x4.add(d, i32x4.dot_i16x8_s(row, xs))
    h = i32x4.add(h, i32x4.dot_i16x8_s(row, ys))
    w += 32
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
function block(
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
  const xStride = <usize>columns << 1
  const scaleStride = <usize>groups << 2
  let row = 0
  for (; row + 2 <= xRows; row += 2) {
    let p = f32x4.splat(0)
    let q = f32x4.splat(0)
    for (let g = 0; g < groups; g++) {
      const at = <usize>(g * group)
      const scale = xScales + (<usize>g << 2)
      const sums = fourByTwo(w + (at << 2), x + (at << 1), xStride, group)
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
      const sums = four(w + (at << 2), x + (at << 1), group)
      p = f32x4.add(p, scaled(sums, xScales + (<usize>g << 2)))
    }
    put(out, f32x4.mul(p, rowScales), add)
  }
}

/**
 * Weights (rows, columns) int8 in place: of every four rows, eight columns of each in turn, so that a block is read in one
 * stream. Sizes as for `matmul`.
 */
export function pack(w: usize, rows: i32, columns: i32): void {
  const row = <usize>columns
  for (const end = w + <usize>rows * row; w < end; w += row << 2) {
    memory.copy(unpacked, w, row << 2)
    for (let i: usize = 0; i < row; i += 8) {
      for (let r: usize = 0; r < 4; r++) store<u64>(w + (i << 2) + (r << 3), load<u64>(unpacked + r * row + i))
    }
  }
}

/**
 * out (xRows, rows) = x (xRows, columns) · weight (rows, columns, packed)ᵀ; with `add` it is added to.
 * rows is a multiple of 4; columns of `group`, at most 4,096; group of 8, at most 512,
 * so that 127 * 32767 * group stays in int32. xScales (xRows, columns / group).
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
    block(w, scales, x, xScales, xRows, columns, group, to, outStride, add)
    w += step
  }
}
