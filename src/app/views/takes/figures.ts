/** Owns: the figures of takes as rows of a table. */
import type { TakeTree } from '../../../speech/takes/tree'
import { findTake } from '../../../speech/takes/tree'
import type { TableCell } from '../../plots/data-table'
import type { KeptTake } from '../../stores/takes-state'
import { TAKE_FIGURES } from '../../words/take-words'

const FIGURES = Object.values(TAKE_FIGURES)

export const FIGURES_HEADER = [
  'Take',
  ...FIGURES.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)),
  'Heard as',
  'Units',
]

const DIGITS = 4

export function figuresToRows(takes: readonly KeptTake[], tree: TakeTree): (readonly TableCell[])[] {
  return takes.map((take) => [
    findTake(tree, take.id)?.name,
    ...FIGURES.map(({ toValue }) => {
      const value = toValue(take)
      return value === undefined ? undefined : Number(value.toFixed(DIGITS))
    }),
    take.roundTrip?.text,
    take.data.units.join(' '),
  ])
}
