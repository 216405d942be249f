/**
 * Owns: a colour for a unit. A unit is a number of several digits (the quantiser's levels): the first two choose the
 * hue, the third the lightness, so that like sounds look alike. The number itself is always there as text too.
 */
export function unitToColor(unit: number, fsqLevels: readonly number[], isDark: boolean): string {
  const digits: number[] = []
  let rest = unit
  for (const levels of fsqLevels) {
    digits.push((rest % levels) / levels)
    rest = Math.floor(rest / levels)
  }
  const [a = 0, b = 0, c = 0] = digits.toReversed()
  const hue = 360 * (a + b / (fsqLevels.at(-1) ?? 1))
  const lightness = (isDark ? 32 : 78) + c * 14
  return `hsl(${Math.round(hue)} ${isDark ? 32 : 46}% ${Math.round(lightness)}%)`
}
