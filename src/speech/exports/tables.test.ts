/** Read back by a parser of its own, written from the format's description and not from the writer. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labels, word } from './label-arbitraries'
import { rowsToCsv, tiersToJson } from './tables'

function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && bare === '') continue
    rows[rows.length - 1].push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('tables', () => {
  it('come back from CSV cell by cell', () => {
    const cell = fc.oneof(word, fc.constantFrom('', '"', ',', '\r\n', 'a"b,c\nd'))
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 })
    fc.assert(
      fc.property(rows, (rows) => {
        const header = ['one', 'two', 'three']
        expect(parseCsv(rowsToCsv(header, rows))).toEqual([header, ...rows])
      }),
    )
    expect(rowsToCsv(['a', 'b'], [[1.5, undefined]])).toBe('a,b\r\n1.5,\r\n')
  })

  it('hold every label with its tier and times', () => {
    fc.assert(
      fc.property(labels, (labels) => {
        const tiers = [{ name: 'phones', labels }]
        const about = { file: 'take.wav', engine: 'wasm' }
        expect(JSON.parse(tiersToJson(tiers, about))).toEqual({ ...about, tiers })
      }),
    )
  })
})
