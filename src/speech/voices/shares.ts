/**
 * Owns: the shares of a mixed voice: whole percents that sum to 100. One share is set, the others keep their proportions.
 */

/** @param shares whole percents that sum to 100 */
export function setShare(shares: readonly number[], index: number, percent: number): number[] {
  if (shares.length < 2) return shares.map(() => 100)
  const wanted = Math.min(100, Math.max(0, Math.round(percent)))
  const others = shares.reduce((sum, share, i) => (i === index ? sum : sum + share), 0)
  const exact = shares.map((share, i) => {
    if (i === index) return wanted
    // Where the others have nothing, they get the rest in equal parts.
    const part = others > 0 ? share / others : 1 / (shares.length - 1)
    return part * (100 - wanted)
  })
  return roundTo100(exact)
}

/** Any weights, at least one above 0 -> whole percents that sum to 100. */
export function toShares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return roundTo100(weights.map((weight) => (100 * weight) / total))
}

/** Rounds their running sums, so that the last one ends at 100. */
function roundTo100(exact: readonly number[]): number[] {
  let sum = 0
  let before = 0
  return exact.map((share) => {
    sum += share
    const end = Math.round(sum)
    const whole = end - before
    before = end
    return whole
  })
}
