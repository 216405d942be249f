/**
 * Owns: the plan of a grid of takes, temperatures across and seeds down: which seed each cell has. Draws nothing.
 */
import { ConvergeError } from '../errors'

/**
 * `columns`: a row has one seed, so that only the temperature differs along it. `rows`: a column has one seed; its takes
 * have the same tokens and differ in the vocoder's noise alone. `none`: every cell has a seed of its own.
 */
export type SharedNoise = 'none' | 'columns' | 'rows'

export interface GridShape {
  readonly temperatures: readonly number[]
  readonly seeds: readonly number[]
  readonly sharedNoise: SharedNoise
}

export interface GridCell {
  readonly row: number
  readonly column: number
  readonly temperature: number
  /** Of the tokens' noise: what to give `speak` to draw this take alone. */
  readonly seed: number
  /** Of the vocoder's noise. */
  readonly soundSeed: number
}

/** What a lesson needs is 15; more than this would not fit a screen or a phone's memory. */
export const MAX_GRID_CELLS = 64

/** Row by row. @throws ConvergeError `option-invalid` for no cell or too many */
export function gridCells({ temperatures, seeds, sharedNoise }: GridShape): GridCell[] {
  const count = temperatures.length * seeds.length
  if (count < 1 || count > MAX_GRID_CELLS) {
    throw new ConvergeError(
      'option-invalid',
      `A grid has 1 to ${MAX_GRID_CELLS} takes; this one has ${count}.`,
      {
        wanted: MAX_GRID_CELLS,
        found: count,
      },
    )
  }
  // Seeds of the next column begin behind the largest of this one, so that no two cells share one by accident.
  const span = Math.max(...seeds) - Math.min(...seeds) + 1
  return seeds.flatMap((rowSeed, row) =>
    temperatures.map((temperature, column) => {
      const seed = { none: rowSeed + column * span, columns: rowSeed, rows: seeds[0] + column * span }[
        sharedNoise
      ]
      return { row, column, temperature, seed, soundSeed: sharedNoise === 'rows' ? rowSeed : seed }
    }),
  )
}
