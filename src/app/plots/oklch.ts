/**
 * Owns: a colour by how light it looks (0 … 1), how strong it is (about 0 … 0.2) and its hue in degrees, as sRGB that every
 * program reads. In OKLab (Ottosson 2020), where one lightness is equally far from black in every hue. What a screen can't
 * show is weakened until it can.
 */
const WEAKER = 0.9

export function oklchToHex(lightness: number, chroma: number, hueDegrees: number): string {
  const hue = (hueDegrees * Math.PI) / 180
  for (let strength = chroma; ; strength *= WEAKER) {
    const rgb = oklabToRgb(lightness, strength * Math.cos(hue), strength * Math.sin(hue))
    const isShown = rgb.every((value) => value > -0.001 && value < 1.001)
    if (isShown || strength < 0.001) return `#${rgb.map(toHex).join('')}`
  }
}

/** Linear, 0 … 1 where a screen can show it. */
function oklabToRgb(lightness: number, a: number, b: number): readonly number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function toHex(linear: number): string {
  const value = Math.min(1, Math.max(0, linear))
  const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
  return Math.round(255 * encoded)
    .toString(16)
    .padStart(2, '0')
}
