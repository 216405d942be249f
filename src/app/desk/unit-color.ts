/**
 * Owns: a colour for a unit. A unit is a number of several digits (the quantiser's levels): the first two choose the
 * hue, the third the lightness, so that like sounds look alike. The number itself is always there as text too, and legible
 * on every one of them.
 */
import { oklchToHex } from '../plots/oklch'

/** Thousands of cells have a few dozen colours. */
const known = new Map<string, string>()

export function unitToColor(unit: number, fsqLevels: readonly number[], isDark: boolean): string {
  const digits: number[] = []
  let rest = unit
  for (const levels of fsqLevels) {
    digits.push((rest % levels) / levels)
    rest = Math.floor(rest / levels)
  }
  const [a = 0, b = 0, c = 0] = digits.toReversed()
  const hue = 360 * (a + b / (fsqLevels.at(-1) ?? 1))
  const key = `${hue} ${c} ${isDark}`
  const found = known.get(key)
  if (found !== undefined) return found
  const color = isDark ? oklchToHex(0.37 + 0.16 * c, 0.075, hue) : oklchToHex(0.8 + 0.14 * c, 0.065, hue)
  known.set(key, color)
  return color
}
