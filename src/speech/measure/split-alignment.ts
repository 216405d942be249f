/**
 * Owns: where an alignment of two long lists may be cut in two (Hirschberg 1975), so that hours of speech are measured in
 * little memory: the halves' fewest edits add up to the whole's.
 */

/** Items of each list before the cut: half of `reference`, and as many of `heard` as go best with them. */
export function splitAlignment(
  reference: readonly string[],
  heard: readonly string[],
): readonly [referenceItems: number, heardItems: number] {
  const ids = new Map<string, number>()
  const toIds = (items: readonly string[]) =>
    Uint32Array.from(items, (item) => {
      const id = ids.get(item) ?? ids.size
      ids.set(item, id)
      return id
    })
  const half = reference.length >> 1
  const a = toIds(reference)
  const b = toIds(heard)
  const before = lastRow(a.subarray(0, half), b)
  const after = lastRow(a.slice(half).toReversed(), b.toReversed())
  let best = 0
  for (let j = 0; j <= b.length; j++) {
    if (before[j] + after[b.length - j] < before[best] + after[b.length - best]) best = j
  }
  return [half, best]
}

/** The fewest edits between all of `a` and the first j items of `b`, for every j. */
function lastRow(a: Uint32Array, b: Uint32Array): Uint32Array {
  const row = Uint32Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]
      const swapped = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)
      const added = (above < row[j - 1] ? above : row[j - 1]) + 1
      row[j] = swapped < added ? swapped : added
      diagonal = above
    }
  }
  return row
}
