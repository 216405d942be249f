import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestLadder } from '../testing/disk-ladder'
import { readClip } from '../testing/clips'
import { finish } from './finish'
import { listen, type Heard } from './listen'
import type { Ladder } from './load'
import { groupByWord } from './words'

const CLIPS = ['sense-0870.wav', 'sense-0890.wav', 'sense-0920.wav']

let ladder: Ladder
const heard: Heard[] = []
beforeAll(async () => {
  ladder = await openTestLadder('int8')
  for (const clip of CLIPS) heard.push(await finish(listen(ladder, readClip(clip), 'whisper', 1)))
})
afterAll(() => ladder.dispose())

it('spells about as many words as it heard, however long the sentence', () => {
  for (const { words, phones } of heard) {
    const groups = groupByWord(phones).length
    expect(groups).toBeGreaterThan(8)
    // A word may be spelled as two, or two as one; a model that repeats itself says half as many again.
    expect(words.length).toBeGreaterThanOrEqual(groups * 0.75)
    expect(words.length).toBeLessThanOrEqual(groups * 1.25)
  }
})

it('shows no full stop that it did not hear, and words in order of time', () => {
  for (const { words, phones, seconds } of heard) {
    const stops = phones.filter(({ phone }) => phone === '.').length
    expect(words.filter(({ word }) => word.endsWith('.')).length).toBeLessThanOrEqual(stops)
    const times = words.map(({ startSeconds }) => startSeconds)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(words.at(-1)?.endSeconds).toBeLessThanOrEqual(seconds)
  }
})
