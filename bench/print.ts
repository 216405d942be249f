/** Owns: how the bench prints figures: tables in Markdown, as the README quotes them, and a spread in one cell. */
import type { Spread } from './abba'

export type Row = readonly string[]

/** Figures to the right; the first column is a name. */
export function printTable(headings: Row, rows: readonly Row[]): void {
  const all = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(4, ...all.map((row) => row[column].length)))
  const toLine = (row: Row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  console.log([toLine(headings), rule, ...rows.map(toLine)].join('\n'))
  console.log()
}

/** Median (quartiles). */
export const formatSpread = ({ median, lowerQuartile, upperQuartile }: Spread, digits = 1): string =>
  `${median.toFixed(digits)} (${lowerQuartile.toFixed(digits)}–${upperQuartile.toFixed(digits)})`

export const formatPercent = (share: number): string => `${(100 * share).toFixed(1)} %`
