/** Owns: a colour for a temperature, from cold blue to hot red, dark enough to be a line on the card. */
const HOTTEST = 1.5

export function temperatureToColor(temperature: number, isDark: boolean): string {
  const heat = Math.min(1, Math.max(0, temperature / HOTTEST))
  const hue = 215 - 205 * heat
  return `hsl(${Math.round(hue)} ${isDark ? 70 : 72}% ${isDark ? 66 : 38}%)`
}
