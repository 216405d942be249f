/**
 * Owns: which heard phones belong to which spelled word. Both lists come in order; where the model spelled more or
 * fewer words than it heard groups of phones, words share the groups proportionally.
 */
import type { HeardPhone, HeardWord } from './heard'

/** `letters` as spelled, with spaces and marks; marks stay on their word. */
export function alignWords(letters: string, phones: readonly HeardPhone[]): HeardWord[] {
  const words = letters.split(' ').filter((word) => /[a-z]/.test(word))
  const groups = groupByWord(phones)
  if (groups.length === 0) return []
  return words.map((word, i) => {
    const first = Math.min(groups.length - 1, Math.floor((i * groups.length) / words.length))
    const end = Math.max(first + 1, Math.floor(((i + 1) * groups.length) / words.length))
    const spoken = groups.slice(first, end).flat()
    const logProbability = spoken.reduce((sum, { probability }) => sum + Math.log(probability), 0)
    return {
      word,
      startSeconds: spoken[0].startSeconds,
      endSeconds: spoken[spoken.length - 1].endSeconds,
      probability: Math.exp(logProbability / spoken.length),
      origin: 'model',
    }
  })
}

/** Runs of ARPAbet phones between spaces and marks. */
export function groupByWord(phones: readonly HeardPhone[]): HeardPhone[][] {
  const groups: HeardPhone[][] = []
  let open: HeardPhone[] | undefined
  for (const heard of phones) {
    if (!/^[A-Z]/.test(heard.phone)) open = undefined
    else if (open) open.push(heard)
    else groups.push((open = [heard]))
  }
  return groups
}
