/**
 * Owns: labels as tables and plain files: CSV (RFC 4180), JSON and text.
 */
import { oneLine, type Tier, type TimedLabel } from './timed'
import { wordsToLines } from './captions'

type Cell = string | number | undefined

/** With a header; lines end in CRLF, as the standard has it. */
export function rowsToCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellToText).join(',')}\r\n`).join('')
}

/** `about` says what was heard or said, and by which engine: whatever a reader may want to know later. */
export function tiersToJson(tiers: readonly Tier[], about: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...about, tiers }, null, 2)}\n`
}

/** A line for each stretch between pauses. */
export function wordsToText(words: readonly TimedLabel[]): string {
  return wordsToLines(words)
    .map(({ label }) => `${oneLine(label)}\n`)
    .join('')
}

function cellToText(cell: Cell): string {
  if (cell === undefined) return ''
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
