/**
 * Owns: what goes with a ladder, each thing once, the newest first; what comes when the ladder is gone goes at once. Knows
 * nothing of what it releases.
 */
export interface Releases {
  /** @param owner what is released: added again, it still goes once */
  add(owner: object, release: () => Promise<void>): Promise<void>
  releaseAll(): Promise<void>
}

export function createReleases(): Releases {
  const releases = new Map<object, () => Promise<void>>()
  let isOver = false
  return {
    async add(owner, release) {
      if (releases.has(owner)) return
      releases.set(owner, release)
      if (isOver) await release()
    },
    async releaseAll() {
      if (isOver) return
      isOver = true
      for (const release of [...releases.values()].toReversed()) await release()
    },
  }
}
