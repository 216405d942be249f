/**
 * Owns: colours from cold blue to hot red, for temperatures and for other ladders: all equally far from the card, so that
 * each is legible as a line, also where it is drawn a little transparent.
 */
import { TEMPERATURE_MAX } from '../words/temperature'
import { oklchToHex } from './oklch'

const COLD_HUE = 255
const HOT_HUE = 28

/** @param share 0 is cold, 1 is hot */
export function heatToColor(share: number, isDark: boolean): string {
  const heat = Math.min(1, Math.max(0, share))
  const hue = COLD_HUE + (HOT_HUE - COLD_HUE) * heat
  return isDark ? oklchToHex(0.77, 0.13, hue) : oklchToHex(0.54, 0.17, hue)
}

export const temperatureToColor = (temperature: number, isDark: boolean): string =>
  heatToColor(temperature / TEMPERATURE_MAX, isDark)
