/**
 * Owns: finite scalar quantisation (Mentzer et al. 2023): a unit is the mixed-radix integer of its digits, the first
 * dimension being the least significant. Shapes are (frame, dimension), row-major; `levels` comes from the manifest.
 */
import type { Unit } from '../3-units/vocabulary'

/** Keeps tanh's ends inside the outer levels. Part of the trained models. */
const INSIDE = 0.999

/** z (T, D) -> units (T): bounded by tanh, rounded to the nearest level, halves to the even one as torch rounds. */
export function zToUnits(z: Float32Array, levels: readonly number[]): Unit[] {
  return rows(z.length, levels.length, (frame) =>
    digitsToUnit(
      levels.map((count, d) => {
        const half = (count - 1) / 2
        const bounded = Math.fround(Math.tanh(z[frame * levels.length + d]))
        return roundHalfEven(Math.fround(Math.fround(Math.fround(bounded * half) * INSIDE) + half))
      }),
      levels,
    ),
  )
}

/** units (T) -> values in -1 … 1, (T, D): what the decoder reads. */
export function unitsToValues(units: readonly Unit[], levels: readonly number[]): Float32Array<ArrayBuffer> {
  const values = new Float32Array(units.length * levels.length)
  units.forEach((unit, frame) => {
    unitToDigits(unit, levels).forEach((digit, d) => {
      values[frame * levels.length + d] = digit / ((levels[d] - 1) / 2) - 1
    })
  })
  return values
}

/** logits (T, D, L), L the same for every dimension -> units (T): each digit's most likely level, the lowest of equals. */
export function digitLogitsToUnits(logits: Float32Array, levels: readonly number[]): Unit[] {
  const count = Math.max(...levels)
  return rows(logits.length, levels.length * count, (frame) =>
    digitsToUnit(
      levels.map((_, d) => {
        const first = (frame * levels.length + d) * count
        let best = 0
        for (let level = 1; level < count; level++)
          if (logits[first + level] > logits[first + best]) best = level
        return best
      }),
      levels,
    ),
  )
}

export function unitToDigits(unit: Unit, levels: readonly number[]): number[] {
  let rest = unit
  return levels.map((count) => {
    const digit = rest % count
    rest = (rest - digit) / count
    return digit
  })
}

export function digitsToUnit(digits: readonly number[], levels: readonly number[]): Unit {
  return digits.reduceRight((unit, digit, d) => unit * levels[d] + digit, 0)
}

function rows(length: number, width: number, frameToUnit: (frame: number) => Unit): Unit[] {
  return Array.from({ length: Math.floor(length / width) }, (_, frame) => frameToUnit(frame))
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x)
  if (x - down !== 0.5) return Math.round(x)
  return down % 2 === 0 ? down : down + 1
}
