/**
 * Owns: rows as the kernels read them (parts/row.wgsl): one token each, on its way through the layers.
 */
import type { PlacedToken } from '../../speech/3-units/streams'

export interface Row {
  readonly slot: number
  /** Where the stream's cache begins, in positions. */
  readonly base: number
  /** Tokens of the stream before this one. */
  readonly position: number
  readonly token: PlacedToken
  readonly wantsLogits: boolean
}

/** Rows of one pass through the layers; a multiple of every tile. */
export const MAX_ROWS = 16

export const ROW_BYTES = 32
const ROW_WORDS = ROW_BYTES / 4
const LIVE = 1
const WANTS_LOGITS = 2

/** Always MAX_ROWS; what is not given is not there. */
export function packRows(rows: readonly Row[]): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(MAX_ROWS * ROW_WORDS)
  rows.forEach(({ slot, base, position, token, wantsLogits }, i) => {
    const flags = LIVE | (wantsLogits ? WANTS_LOGITS : 0)
    words.set([slot, base, position, token.id, token.time, token.phone, flags], i * ROW_WORDS)
  })
  return words
}
