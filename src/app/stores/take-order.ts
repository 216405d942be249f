/** Owns: the order in which takes lie on the table. Pure. */
import type { TakeId } from '../../speech/takes/tree'
import type { KeptTake } from './takes-state'

export const SORTS = {
  grid: 'As drawn',
  seconds: 'Length',
  pitch: 'Mean pitch',
  range: 'Pitch range',
  rate: 'Speaking rate',
  entropy: 'Entropy',
  probability: 'Log-probability',
  errors: 'Phones misheard',
} as const

export type SortBy = keyof typeof SORTS

/** undefined where the take has no such figure; those go last. */
const FIGURES: Readonly<Record<Exclude<SortBy, 'grid'>, (take: KeptTake) => number | undefined>> = {
  seconds: ({ statistics }) => statistics.durationSeconds,
  pitch: ({ statistics }) => statistics.pitch?.meanHz,
  range: ({ statistics }) => statistics.pitch?.rangeSemitones,
  rate: ({ statistics }) => statistics.phonesPerSecond,
  entropy: ({ statistics }) => statistics.meanEntropyNats,
  probability: ({ statistics }) => statistics.logProbabilityNats,
  errors: ({ roundTrip }) => roundTrip?.phoneErrors.rate,
}

/** The grid's takes cell by cell, then all others; or by a figure, from the smallest up. */
export function orderTakes(
  takes: ReadonlyMap<TakeId, KeptTake>,
  cellIds: readonly (TakeId | null)[],
  sortBy: SortBy,
): TakeId[] {
  const inGrid = cellIds.filter((id) => id !== null).filter((id) => takes.has(id))
  const order = [...inGrid, ...[...takes.keys()].filter((id) => !inGrid.includes(id))]
  if (sortBy === 'grid') return order
  const figure = FIGURES[sortBy]
  const valueOf = (id: TakeId): number => {
    const take = takes.get(id)
    return (take && figure(take)) ?? Infinity
  }
  return order.toSorted((a, b) => compareNumbers(valueOf(a), valueOf(b)))
}

const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)
