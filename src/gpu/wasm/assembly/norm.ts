/**
 * Owns: RMSNorm of one row. Knows no model.
 */
import { sumLanes } from './simd'

/** out = x / sqrt(mean(x²) + epsilon) * weight; (count) each, count a multiple of 4. `out` may be `x`. */
export function rmsNorm(x: usize, weight: usize, count: i32, epsilon: f32, out: usize): void {
  const bytes = (<usize>count) << 2
  let squares = f32x4.splat(0)
  for (let i: usize = 0; i < bytes; i += 16) {
    const values = v128.load(x + i)
    squares = f32x4.add(squares, f32x4.mul(values, values))
  }
  const inverse = f32x4.splat(1 / sqrt<f32>(sumLanes(squares) / <f32>count + epsilon))
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, f32x4.mul(f32x4.mul(v128.load(x + i), inverse), v128.load(weight + i)))
  }
}
