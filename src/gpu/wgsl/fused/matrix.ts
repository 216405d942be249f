/**
 * Owns: what the fused matrix kernels share: tiles of rows, and several outputs for each workgroup.
 */
import type { Lanes } from '../kernel'

/** Rows that one workgroup works on at once; a weight is loaded once for all of them. */
export type Tile = 1 | 4

export const MATRIX_GROUP = 64

export const rowsToTile = (rows: number): Tile => (rows === 1 ? 1 : 4)

export const matrixParts = (tile: Tile): string[] => [
  `tile${tile}`,
  'row',
  'place',
  'int8',
  'lanes',
  'matrix',
]

/** Workgroups for so many outputs. */
export const outputGroups = (outputs: number, lanes: Lanes): number =>
  Math.ceil(outputs / (MATRIX_GROUP / lanes))
