/**
 * Owns: the labels that the writers' tests are tried on, hostile ones among them, and what must be left of them.
 */
import * as fc from 'fast-check'
import type { TimedLabel } from './timed'

export const word = fc.oneof(
  fc.constantFrom(
    'the',
    'fox',
    "isn't",
    'AH0',
    '891',
    'say "hi"',
    '<b>&amp;</b>',
    '-->',
    'a, b',
    '日本',
    'x\ny',
    '""',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
)
/** In order, without overlap, whole milliseconds. */
export const labels = fc
  .array(fc.tuple(word, fc.nat(900), fc.integer({ min: 1, max: 900 })), { maxLength: 12 })
  .map((items) => {
    let ms = 0
    return items.map(([label, gap, length]): TimedLabel => {
      const start = ms + gap
      ms = start + length
      return { label, startSeconds: start / 1000, endSeconds: ms / 1000 }
    })
  })
const plain = (label: string): string => label.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
export const shown = (items: readonly TimedLabel[]): TimedLabel[] =>
  items.map((item) => ({ ...item, label: plain(item.label) })).filter(({ label }) => label !== '')
