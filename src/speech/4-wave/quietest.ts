/** Owns: where a row of levels is quietest, so that sound can be cut there. Knows no units: energies and decibels both do. */

/**
 * levels (N) -> the place behind the middle of the `width` in a row that sum to least, the latest of equals; N where there
 * are fewer than `width`.
 */
export function quietestPlace(levels: ArrayLike<number>, width: number): number {
  let best = levels.length
  let least = Infinity
  for (let first = 0; first + width <= levels.length; first++) {
    let sum = 0
    for (let i = first; i < first + width; i++) sum += levels[i]
    if (sum > least) continue
    least = sum
    best = first + Math.ceil(width / 2)
  }
  return best
}
