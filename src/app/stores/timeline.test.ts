import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  heardToTimeline,
  secondsToUnit,
  spanAt,
  spansWithin,
  spokenToTimeline,
  unitToSeconds,
} from './timeline'

const plan = {
  phones: ['_', 'HH', 'AY1', ' ', 'DH', 'EH1', 'R', '.', '_'],
  words: [
    { word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' },
    { word: 'there', firstPhone: 4, endPhone: 7, origin: 'model' },
  ],
} as const

test('phones follow each other; words span their phones', () => {
  const durationsFrames = [4, 2, 6, 0, 2, 4, 3, 1, 2]
  const units = Array.from({ length: 24 }, (_, i) => i)
  const timeline = spokenToTimeline({ phones: plan.phones, durationsFrames, units }, plan, 40)
  expect(timeline.seconds).toBeCloseTo(0.6)
  expect(timeline.phones[2].phone).toBe('AY1')
  expect(timeline.phones[2].startSeconds).toBeCloseTo(6 / 40)
  expect(timeline.phones[2].endSeconds).toBeCloseTo(12 / 40)
  const words = timeline.words.map(({ word, startSeconds, endSeconds }) => {
    return [word, Math.round(startSeconds * 40), Math.round(endSeconds * 40)]
  })
  expect(words).toEqual([
    ['hi', 4, 12],
    ['there', 12, 21],
  ])
})

test('a plan without the outer silences is moved by one', () => {
  const phones = plan.phones.slice(1, -1)
  const words = plan.words.map((word) => ({
    ...word,
    firstPhone: word.firstPhone - 1,
    endPhone: word.endPhone - 1,
  }))
  const spoken = { phones: plan.phones, durationsFrames: plan.phones.map(() => 1), units: [] }
  const timeline = spokenToTimeline(spoken, { phones, words }, 40)
  expect(timeline.words[0].startSeconds).toBeCloseTo(1 / 40)
})

test('what was heard keeps its times and probabilities', () => {
  const phone = { phone: 'S', startSeconds: 0.1, endSeconds: 0.2, probability: 0.9 }
  const timeline = heardToTimeline({ seconds: 1, units: [1, 2], phones: [phone], words: [] }, 40)
  expect(timeline.phones[0].probability).toBe(0.9)
  expect(timeline.unitSeconds).toBeCloseTo(0.025)
})

test('units of a recording begin in the silence before it, those of a take with the take', () => {
  const heard = heardToTimeline({ seconds: 1, units: [1, 2], phones: [], words: [] }, 40)
  // 0.15 s of margin are six units of 0.025 s.
  expect(secondsToUnit(heard, 0.01)).toBe(6)
  expect(unitToSeconds(heard, 6)).toBeCloseTo(0)
  const spoken = spokenToTimeline({ phones: [], durationsFrames: [], units: [1, 2] }, plan, 40)
  expect(secondsToUnit(spoken, 0.03)).toBe(1)
  expect(unitToSeconds(spoken, 1)).toBeCloseTo(0.025)
})

const spans = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }).map((lengths) => {
  let at = 0
  return lengths.map((length) => {
    const startSeconds = at
    at += length
    return { startSeconds, endSeconds: at }
  })
})

test('searching agrees with looking at every span', () => {
  fc.assert(
    fc.property(spans, fc.nat(60), fc.nat(20), (all, start, length) => {
      const end = start + length + 1
      const [first, beyond] = spansWithin(all, start, end)
      const seen = all.filter((span) => span.endSeconds > start && span.startSeconds < end)
      const found = all.slice(first, beyond).filter((span) => span.endSeconds > span.startSeconds)
      expect(found).toEqual(seen.filter((span) => span.endSeconds > span.startSeconds))
      const holder = all.findIndex((span) => span.startSeconds <= start && span.endSeconds > start)
      expect(spanAt(all, start)).toBe(holder)
    }),
  )
})
