/**
 * Owns: float rows to int16 with one scale for a group of columns. Knows no model.
 */
import { maxLane, toI16x8 } from './simd'

export const LARGEST: f32 = 32767

/** Largest magnitude of `count` floats, a multiple of 4. */
// @ts-ignore: decorator
@inline
function peak(x: usize, count: i32): f32 {
  let most = f32x4.splat(0)
  for (let i = 0; i < count; i += 4) most = f32x4.max(most, f32x4.abs(v128.load(x + (<usize>i << 2))))
  return maxLane(most)
}

/**
 * `count` floats at `x`, a multiple of 8, become int16 at `out`: float = int16 * scale.
 * @returns the scale
 */
// @ts-ignore: decorator
@inline
export function quantise(x: usize, count: i32, out: usize): f32 {
  const most = peak(x, count)
  const inverse = f32x4.splat(most > 0 ? LARGEST / most : 0)
  for (let i = 0; i < count; i += 8) {
    const from = x + (<usize>i << 2)
    v128.store(out + (<usize>i << 1), toI16x8(v128.load(from), v128.load(from, 16), inverse))
  }
  return most / LARGEST
}

/** As `quantise`, `groups` times `group` columns; `scales` (groups). */
export function quantiseGroups(x: usize, group: i32, groups: i32, out: usize, scales: usize): void {
  for (let g = 0; g < groups; g++) {
    const at = <usize>(g * group)
    store<f32>(scales + (<usize>g << 2), quantise(x + (at << 2), group, out + (at << 1)))
  }
}
