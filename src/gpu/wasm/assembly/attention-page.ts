/**
 * Owns: what attention does with one page of one head, 16 positions: scores of its keys, the sum of its values. Both are
 * sums of integer products, so that half a page's time is not spent on making floats. Knows no model and no other page.
 */
import { PAGE_POSITIONS } from './cache'
import { LARGEST } from './quantise'
import { dotAdd, exp4, maxLane, sumEachI32, sumLanes, toI16x8 } from './simd'

/** Dims that are added up at once: a head is a whole number of them. */
export const HEAD_DIM_STEP = 32

/**
 * Bits that each product of a score loses, so that the sum over 128 dims of int16 by int16 stays in int32. It has 31: the
 * loss is far below the keys' own rounding.
 */
export const LOST_BITS = 6

/** (16) float32 of the page in hand. */
const scores = memory.data(PAGE_POSITIONS * 4, 16)
/** (16) int16. */
const weights = memory.data(PAGE_POSITIONS * 2, 16)
/** What weights may sum to, so that their sum of int16 values stays in int32; a little less than 2^16, for their rounding. */
const LARGEST_SUM: f32 = 65500

// @ts-ignore: decorator
@inline
function multiplyAdd(sum: v128, keys: usize, query: v128): v128 {
  return i32x4.add(sum, i32x4.shr_s(i32x4.dot_i16x8_s(v128.load(keys), query), LOST_BITS))
}

// @ts-ignore: decorator
@inline
function putScores(at: usize, sums: v128, scales: usize, factor: v128): void {
  const scaled = f32x4.mul(v128.load(scales + at), factor)
  v128.store(scores + at, f32x4.mul(f32x4.convert_i32x4_s(sums), scaled))
}

/**
 * Scores the page: query (headDim) int16 · keys (16, headDim) int16 * scales (16) * factor; positions from `filled` on
 * get the least number there is. @returns the largest
 */
// @ts-ignore: decorator
@inline
export function scorePage(
  query: usize,
  keys: usize,
  scales: usize,
  headDim: i32,
  factor: f32,
  filled: i32,
): f32 {
  const row = <usize>headDim << 1
  for (let i: usize = 0; i < <usize>PAGE_POSITIONS; i += 8) {
    let a = i32x4.splat(0)
    let b = i32x4.splat(0)
    let c = i32x4.splat(0)
    let d = i32x4.splat(0)
    let e = i32x4.splat(0)
    let f = i32x4.splat(0)
    let g = i32x4.splat(0)
    let h = i32x4.splat(0)
    for (let at: usize = 0; at < row; at += 16) {
      const part = v128.load(query + at)
      const first = keys + at
      const second = first + (row << 2)
      a = multiplyAdd(a, first, part)
      b = multiplyAdd(b, first + row, part)
      c = multiplyAdd(c, first + (row << 1), part)
      d = multiplyAdd(d, first + row * 3, part)
      e = multiplyAdd(e, second, part)
      f = multiplyAdd(f, second + row, part)
      g = multiplyAdd(g, second + (row << 1), part)
      h = multiplyAdd(h, second + row * 3, part)
    }
    putScores(i << 2, sumEachI32(a, b, c, d), scales, f32x4.splat(factor))
    putScores((i + 4) << 2, sumEachI32(e, f, g, h), scales, f32x4.splat(factor))
    keys += row << 3
  }
  for (let i = filled; i < PAGE_POSITIONS; i++) store<f32>(scores + (<usize>i << 2), -f32.MAX_VALUE)
  const low = f32x4.max(v128.load(scores), v128.load(scores, 16))
  return maxLane(f32x4.max(low, f32x4.max(v128.load(scores, 32), v128.load(scores, 48))))
}

/** Scores become e^(score - most). @returns their sum */
// @ts-ignore: decorator
@inline
export function exponentials(most: f32): f32 {
  const highest = f32x4.splat(most)
  let sum = f32x4.splat(0)
  for (let at = scores; at < scores + (<usize>PAGE_POSITIONS << 2); at += 16) {
    const value = exp4(f32x4.sub(v128.load(at), highest))
    sum = f32x4.add(sum, value)
    v128.store(at, value)
  }
  return sumLanes(sum)
}

/** Exponentials * scales (16) become the integer weights. @returns what a weight of 1 is worth, 0 where all are nothing */
// @ts-ignore: decorator
@inline
export function weigh(scales: usize): f32 {
  const a = f32x4.mul(v128.load(scores), v128.load(scales))
  const b = f32x4.mul(v128.load(scores, 16), v128.load(scales, 16))
  const c = f32x4.mul(v128.load(scores, 32), v128.load(scales, 32))
  const d = f32x4.mul(v128.load(scores, 48), v128.load(scales, 48))
  const most = maxLane(f32x4.max(f32x4.max(a, b), f32x4.max(c, d)))
  const sum = sumLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)))
  const worth = max(most / LARGEST, sum / LARGEST_SUM)
  // Where its inverse would be infinite, the page weighs nothing beside the others.
  const counts = worth > 1e-30
  const inverse = f32x4.splat(counts ? 1 / worth : 0)
  v128.store(weights, toI16x8(a, b, inverse))
  v128.store(weights, toI16x8(c, d, inverse), 16)
  return counts ? worth : 0
}

// @ts-ignore: decorator
@inline
function blend(out: usize, kept: v128, sums: v128, worth: v128): void {
  v128.store(out, f32x4.add(f32x4.mul(v128.load(out), kept), f32x4.mul(f32x4.convert_i32x4_s(sums), worth)))
}

/** out (HEAD_DIM_STEP of headDim) = out * kept + weights (16) · values (8 pairs of positions, as many, 2) int16 * worth. */
// @ts-ignore: decorator
@inline
export function addValues(values: usize, headDim: i32, worth: f32, kept: f32, out: usize): void {
  let a = i32x4.splat(0)
  let b = i32x4.splat(0)
  let c = i32x4.splat(0)
  let d = i32x4.splat(0)
  let e = i32x4.splat(0)
  let f = i32x4.splat(0)
  let g = i32x4.splat(0)
  let h = i32x4.splat(0)
  for (let i: usize = 0; i < <usize>PAGE_POSITIONS << 1; i += 4) {
    const pair = v128.load32_splat(weights + i)
    a = dotAdd(a, pair, v128.load(values))
    b = dotAdd(b, pair, v128.load(values, 16))
    c = dotAdd(c, pair, v128.load(values, 32))
    d = dotAdd(d, pair, v128.load(values, 48))
    e = dotAdd(e, pair, v128.load(values, 64))
    f = dotAdd(f, pair, v128.load(values, 80))
    g = dotAdd(g, pair, v128.load(values, 96))
    h = dotAdd(h, pair, v128.load(values, 112))
    values += <usize>headDim << 2
  }
  const before = f32x4.splat(kept)
  const step = f32x4.splat(worth)
  blend(out, before, a, step)
  blend(out + 16, before, b, step)
  blend(out + 32, before, c, step)
  blend(out + 48, before, d, step)
  blend(out + 64, before, e, step)
  blend(out + 80, before, f, step)
  blend(out + 96, before, g, step)
  blend(out + 112, before, h, step)
}
