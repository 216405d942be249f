/** Owns: what a temperature means, in plain words. */
export const TEMPERATURE_MAX = 1.5
export const TEMPERATURE_DEFAULT = 0.7

export function temperatureToHint(temperature: number): string {
  if (temperature === 0) return 'Always the likeliest sound: the same reading every time.'
  if (temperature < 0.45) return 'Careful: close to the likeliest reading.'
  if (temperature < 0.85) return 'Lively but steady: each seed reads the sentence its own way.'
  if (temperature < 1.15) return 'As the model believes: pace, pauses and pitch vary freely.'
  return 'Adventurous: unlikely sounds slip in, and some takes go astray.'
}
