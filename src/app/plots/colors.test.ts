/** Text on every unit's colour and lines of every temperature are legible, in both themes, on the colours of tokens.css. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unitToColor } from '../desk/unit-color'
import { oklchToHex } from './oklch'
import { heatToColor } from './temperature-color'

const tokens = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8')
const [light, dark] = tokens.split("[data-theme='dark']")
const token = (css: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? ''

const toRgb = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)

/** As WCAG 2 defines it. @param opacity of the first over the second */
function contrast(hex: string, ground: string, opacity = 1): number {
  const luminance = (rgb: readonly number[]) => {
    const [r, g, b] = rgb.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const under = toRgb(ground)
  const over = toRgb(hex).map((value, i) => opacity * value + (1 - opacity) * under[i])
  const [low, high] = [luminance(over), luminance(under)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const LEVELS = [4, 4, 4, 4, 4]
const UNITS = Array.from({ length: 1024 }, (_, unit) => unit)
const HEATS = Array.from({ length: 31 }, (_, i) => i / 30)
/** Of a curve among others. */
const CURVE_OPACITY = 0.75

describe.each([
  ['light', light, false],
  ['dark', dark, true],
] as const)('%s', (_, css, isDark) => {
  it('a number on its unit has 4.5 : 1', () => {
    const worst = Math.min(
      ...UNITS.map((unit) => contrast(token(css, 'ink'), unitToColor(unit, LEVELS, isDark))),
    )
    expect(worst).toBeGreaterThanOrEqual(4.5)
  })
  it('a line on the card has 3 : 1, also a little transparent', () => {
    const card = token(css, 'card')
    const worst = Math.min(...HEATS.map((heat) => contrast(heatToColor(heat, isDark), card, CURVE_OPACITY)))
    expect(worst).toBeGreaterThanOrEqual(3)
  })
  it('units that differ in one of the first three digits differ in colour', () => {
    const colors = new Set(UNITS.map((unit) => unitToColor(unit, LEVELS, isDark)))
    expect(colors.size).toBe(64)
  })
})

it('greys and the primaries are what OKLab says', () => {
  expect(oklchToHex(1, 0, 0)).toBe('#ffffff')
  expect(oklchToHex(0, 0, 0)).toBe('#000000')
  expect(oklchToHex(0.62796, 0.25768, 29.234)).toBe('#ff0000')
  expect(oklchToHex(0.45201, 0.31321, 264.052)).toBe('#0000ff')
})
