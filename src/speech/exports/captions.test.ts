/** Read back by a parser of its own, written from the format's description and not from the writer. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesToSrt, linesToVtt, wordsToLines } from './captions'
import { labels, shown } from './label-arbitraries'
import { wordsToText } from './tables'
import type { TimedLabel } from './timed'

function parseClock(clock: string): number {
  const [hours, minutes, seconds] = clock.replace(',', '.').split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

function parseCues(blocks: string[]): TimedLabel[] {
  return blocks.map((block) => {
    const [times, ...text] = block.split('\n')
    const [start, end] = times.split(' --> ')
    return { label: text.join('\n'), startSeconds: parseClock(start), endSeconds: parseClock(end) }
  })
}

describe('subtitles', () => {
  it('come back from SRT, but for what SRT cannot say', () => {
    fc.assert(
      fc.property(labels, (lines) => {
        const blocks = linesToSrt(lines)
          .split(/\n\n/)
          .filter((block) => block !== '')
        const found = parseCues(blocks.map((block) => block.replace(/^\d+\n/, '').replace(/\n$/, '')))
        const said = shown(lines).map((line) => ({
          ...line,
          label: line.label.replaceAll('-->', '→').replaceAll('<', '＜'),
        }))
        expect(found).toEqual(said)
        expect(blocks.map((block) => Number.parseInt(block, 10))).toEqual(blocks.map((_, i) => i + 1))
      }),
    )
  })

  it('come back from WebVTT as they were', () => {
    fc.assert(
      fc.property(labels, (lines) => {
        const [head, ...blocks] = linesToVtt(lines).replace(/\n$/, '').split(/\n\n/)
        expect(head.trim()).toBe('WEBVTT')
        const unescape = (text: string) =>
          text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
        const found = parseCues(blocks.filter((block) => block !== ''))
        expect(found.map((cue) => ({ ...cue, label: unescape(cue.label) }))).toEqual(shown(lines))
        expect(found.every(({ label }) => !/[<>]/.test(label))).toBe(true)
      }),
    )
  })

  it('tell times beyond an hour', () => {
    const cue = { label: 'late', startSeconds: 3725.5, endSeconds: 7200 }
    expect(linesToVtt([cue])).toBe('WEBVTT\n\n01:02:05.500 --> 02:00:00.000\nlate\n')
    expect(linesToSrt([cue])).toBe('1\n01:02:05,500 --> 02:00:00,000\nlate\n')
  })

  it('gather words into lines that lose none of them', () => {
    fc.assert(
      fc.property(labels, (words) => {
        const lines = wordsToLines(words)
        expect(lines.map(({ label }) => label).join(' ')).toBe(words.map(({ label }) => label).join(' '))
        for (const { label, startSeconds, endSeconds } of lines) {
          expect(label.length <= 42 || words.some((word) => word.label === label)).toBe(true)
          expect(endSeconds - startSeconds).toBeLessThanOrEqual(5)
        }
      }),
    )
    const spoken = ['a', 'b', 'c'].map((label, i) => ({ label, startSeconds: i, endSeconds: i + 0.5 }))
    spoken[2] = { label: 'c', startSeconds: 2.2, endSeconds: 2.4 }
    expect(wordsToText(spoken)).toBe('a b\nc\n')
  })
})
