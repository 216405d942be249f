/**
 * Owns: out = x · weightᵀ (or out += …). Weights are int8 with a scale for each row, packed by eight rows; x is int16 with
 * a scale for each group of columns. Sums of a group are exact in int32, so a row of x gives the same bits alone and in a
 * batch. Knows no model.
 *
 * A step multiplies eight weight rows by one pair of columns of up to four rows of x: a pair is spread over the lanes, so
 * that each lane is a sum of its own and none has to be added across. Variants, measured on one thread of a Zen 4 server
 * under Node 20: all products of one step (10.2 M weights), the least of 100 runs, milliseconds for 1 row of x and for
 * each of 2, 4 and 8:
 *   four weight rows, eight columns, two rows of x        0.38   0.32   0.32   0.32
 *   eight weight rows, two columns, four of x (kept)      0.37   0.31   0.27   0.28
 *   the same, columns unrolled twice                         -      -   0.31   0.31
 *   sixteen weight rows, two columns, two rows of x          -      -   0.29   0.29
 * Eight bits for x, with the products of relaxed SIMD, would be no faster on this machine than the second.
 */
import { eightByFour, eightByOne, eightByTwo, sums } from './matmul-sums'

/** Weight rows of a block. */
export const BLOCK_ROWS = 8
export const MAX_COLUMNS = 4096
/** Of a group, so that 127 * 32767 * columns stays in int32. */
export const MAX_GROUP = 512
export const MAX_X_ROWS = 32
/** Eight weight rows on their way to their packed place. */
const unpacked = memory.data(BLOCK_ROWS * MAX_COLUMNS, 16)
/** x in blocks of 4, 2 or 1 rows: (columns / 2, rows, 2) int16. */
const woven = memory.data(MAX_X_ROWS * MAX_COLUMNS * 2, 16)
/** Of a block, (4, 8) float32. */
const totals = memory.data(4 * BLOCK_ROWS * 4, 16)

/** Rows of x that are multiplied together where so many are left. */
// @ts-ignore: decorator
@inline
function together(left: i32): i32 {
  return left >= 4 ? 4 : left >= 2 ? 2 : 1
}

function weave(x: usize, columns: i32, xRows: i32): void {
  const row = <usize>columns << 1
  let out = woven
  for (let b = 0; b < xRows; ) {
    const n = together(xRows - b)
    for (let r = 0; r < n; r++) {
      for (let at: usize = 0; at < row; at += 4) store<u32>(out + at * n + (<usize>r << 2), load<u32>(x + at))
      x += row
    }
    out += row * n
    b += n
  }
}

// @ts-ignore: decorator
@inline
function put(out: usize, value: v128, add: bool): void {
  v128.store(out, add ? f32x4.add(v128.load(out), value) : value)
}

/** Four of the block's sums of one group, times their scale, go to the totals. */
// @ts-ignore: decorator
@inline
function total(at: usize, scale: v128, isFirst: bool): void {
  const value = f32x4.mul(f32x4.convert_i32x4_s(v128.load(sums + at)), scale)
  put(totals + at, value, !isFirst)
}

/** Eight weight rows times `n` rows of x, which is 4, 2 or 1. */
// @ts-ignore: decorator
@inline
function block(
  n: i32,
  w: usize,
  wScales: usize,
  x: usize,
  xScales: usize,
  columns: i32,
  group: i32,
  out: usize,
  outStride: usize,
  add: bool,
): void {
  const groups = columns / group
  for (let g = 0; g < groups; g++) {
    if (n == 4) eightByFour(w, x, group)
    else if (n == 2) eightByTwo(w, x, group)
    else eightByOne(w, x, group)
    w += <usize>(group * BLOCK_ROWS)
    x += <usize>(group * n) << 1
    for (let r = 0; r < n; r++) {
      const scale = v128.load32_splat(xScales + (<usize>(r * groups + g) << 2))
      const at = <usize>r << 5
      total(at, scale, g == 0)
      total(at + 16, scale, g == 0)
    }
  }
  for (let r = 0; r < n; r++) {
    const at = totals + (<usize>r << 5)
    put(out, f32x4.mul(v128.load(at), v128.load(wScales)), add)
    put(out + 16, f32x4.mul(v128.load(at, 16), v128.load(wScales, 16)), add)
    out += outStride
  }
}

/**
 * Weights (rows, columns) int8 in place: of every eight rows, two columns of each in turn, so that a block is read in one
 * stream. Sizes as for `matmul`.
 */
export function pack(w: usize, rows: i32, columns: i32): void {
  const row = <usize>columns
  for (const end = w + <usize>rows * row; w < end; w += row << 3) {
    memory.copy(unpacked, w, row << 3)
    for (let i: usize = 0; i < row; i += 2) {
      for (let r: usize = 0; r < <usize>BLOCK_ROWS; r++) {
        store<u16>(w + (i << 3) + (r << 1), load<u16>(unpacked + r * row + i))
      }
    }
  }
}

/**
 * out (xRows, rows) = x (xRows, columns) · weight (rows, columns, packed)ᵀ; with `add` it is added to.
 * rows is a multiple of BLOCK_ROWS; columns of `group`, at most MAX_COLUMNS; group of 4, at most MAX_GROUP; xRows at most
 * MAX_X_ROWS. xScales (xRows, columns / group).
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
  const xStride = <usize>columns << 1
  const scaleStride = <usize>(columns / group) << 2
  weave(x, columns, xRows)
  for (let r = 0; r < rows; r += BLOCK_ROWS) {
    const rowScales = wScales + (<usize>r << 2)
    for (let b: usize = 0; b < <usize>xRows; ) {
      const n = together(xRows - <i32>b)
      const xs = woven + xStride * b
      const scales = xScales + scaleStride * b
      const to = out + (<usize>r << 2) + outStride * b
      if (n == 4) block(4, w, rowScales, xs, scales, columns, group, to, outStride, add)
      else if (n == 2) block(2, w, rowScales, xs, scales, columns, group, to, outStride, add)
      else block(1, w, rowScales, xs, scales, columns, group, to, outStride, add)
      b += n
    }
    w += <usize>(columns * BLOCK_ROWS)
  }
}
