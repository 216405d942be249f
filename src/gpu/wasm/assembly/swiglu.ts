/**
 * Owns: the feed-forward gate of one row. Knows no model.
 */
import { exp4 } from './simd'

/** out = silu(gate) * up; (count) each, count a multiple of 4. `out` may be `gate`. */
export function swiGlu(gate: usize, up: usize, count: i32, out: usize): void {
  const bytes = (<usize>count) << 2
  const one = f32x4.splat(1)
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gate + i)
    const value = f32x4.mul(g, v128.load(up + i))
    v128.store(out + i, f32x4.div(value, f32x4.add(one, exp4(f32x4.neg(g)))))
  }
}
