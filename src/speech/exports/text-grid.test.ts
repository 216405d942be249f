/** Read back by a parser of its own, written from the format's description and not from the writer. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labels, shown } from './label-arbitraries'
import { tiersToTextGrid } from './text-grid'
import type { Tier, TimedLabel } from './timed'

/** Praat reads free-standing numbers and quoted strings and skips everything else. */
function parseTextGrid(text: string): { end: number; tiers: Tier[] } {
  const values = [...text.matchAll(/"((?:[^"]|"")*)"|(?<=[=] )(-?[\d.e-]+)/g)].map(([, quoted, number]) =>
    number === undefined ? quoted.replaceAll('""', '"') : Number(number),
  )
  let at = 2
  const next = () => values[at++]
  expect(values.slice(0, 2)).toEqual(['ooTextFile', 'TextGrid'])
  expect(next()).toBe(0)
  const end = next() as number
  const tiers = Array.from({ length: next() as number }, (): Tier => {
    expect(next()).toBe('IntervalTier')
    const name = next() as string
    expect([next(), next()]).toEqual([0, end])
    const labels = Array.from({ length: next() as number }, (): TimedLabel => {
      const [startSeconds, endSeconds, label] = [next() as number, next() as number, next() as string]
      return { label, startSeconds, endSeconds }
    })
    return { name, labels }
  })
  expect(at).toBe(values.length)
  return { end, tiers }
}

describe('a TextGrid', () => {
  it('comes back with all labels and times, and covers the recording', () => {
    fc.assert(
      fc.property(labels, labels, fc.nat(2000), (words, phones, extra) => {
        const ends = [...words, ...phones].map(({ endSeconds }) => endSeconds)
        const wholeEnd = Math.max(0.001, ...ends) + extra / 1000
        const source = [
          { name: 'words', labels: words },
          { name: 'pho"nes', labels: phones },
        ]
        const { end, tiers } = parseTextGrid(tiersToTextGrid(source, wholeEnd))
        expect(end).toBeCloseTo(wholeEnd, 6)
        expect(tiers.map(({ name }) => name)).toEqual(['words', 'pho"nes'])
        for (const [i, { labels }] of tiers.entries()) {
          expect(shown(labels)).toEqual(shown(source[i].labels))
          const starts = [0, ...labels.map(({ endSeconds }) => endSeconds)]
          expect(labels.map(({ startSeconds }) => startSeconds)).toEqual(starts.slice(0, -1))
          expect(starts[starts.length - 1]).toBe(end)
          expect(labels.every(({ startSeconds, endSeconds }) => endSeconds > startSeconds)).toBe(true)
        }
      }),
    )
  })

  it('gives labels without length, or over one another, a place of their own', () => {
    const at = (label: string, startSeconds: number, endSeconds: number) => ({
      label,
      startSeconds,
      endSeconds,
    })
    const labels = [
      at('a', 0.1, 0.1),
      at('b', 0.1, 0.3),
      at('c', 0.2, 0.5),
      at('d', 0.5, 0.5),
      at('e', 0.4, 0.5),
    ]
    const { tiers } = parseTextGrid(tiersToTextGrid([{ name: 'x', labels }], 0.5))
    const found = shown(tiers[0].labels)
    expect(found.map(({ label }) => label).join('')).toBe('abcde')
    expect(found.slice(0, 2)).toEqual([at('a', 0.1, 0.15), at('b', 0.15, 0.2)])
    expect(found.every(({ startSeconds, endSeconds }) => endSeconds > startSeconds)).toBe(true)
  })

  it('ends with the recording, whatever stands there', () => {
    const label = fc.tuple(fc.nat(20), fc.constantFrom(0, 0, 1, 5))
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 12 }), (places) => {
        const labels = places
          .toSorted(([a], [b]) => a - b)
          .map(([ms, length], i) => ({
            label: String(i),
            startSeconds: ms / 1000,
            endSeconds: Math.min(ms + length, 20) / 1000,
          }))
        const { end, tiers } = parseTextGrid(tiersToTextGrid([{ name: 'x', labels }], 0.02))
        const intervals = tiers[0].labels
        expect(end).toBe(0.02)
        expect(intervals[intervals.length - 1].endSeconds).toBe(end)
        expect(shown(intervals).map(({ label }) => label)).toEqual(labels.map(({ label }) => label))
        for (const [i, { startSeconds, endSeconds }] of intervals.entries()) {
          expect(startSeconds).toBe(intervals[i - 1]?.endSeconds ?? 0)
          expect(endSeconds).toBeGreaterThan(startSeconds)
        }
      }),
    )
  })

  it('has room for labels of a recording without length', () => {
    const nothing = { startSeconds: 0, endSeconds: 0 }
    const labels = ['a', 'b', 'c'].map((label) => ({ label, ...nothing }))
    const { end, tiers } = parseTextGrid(tiersToTextGrid([{ name: 'x', labels }], 0))
    expect(end).toBe(3e-6)
    expect(tiers[0].labels.map(({ endSeconds }) => endSeconds)).toEqual([1e-6, 2e-6, 3e-6])
  })

  it('looks as Praat writes it', () => {
    const tier = { name: 'words', labels: [{ label: 'hi', startSeconds: 0.25, endSeconds: 0.5 }] }
    expect(tiersToTextGrid([tier], 0.5)).toBe(`File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 0.5
tiers? <exists>
size = 1
item []:
    item [1]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 0.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 0.25
            text = ""
        intervals [2]:
            xmin = 0.25
            xmax = 0.5
            text = "hi"
`)
  })
})
