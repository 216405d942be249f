/**
 * Listening closely with the real models on a person's recording: the likeliest of five hearings, on the recording's own
 * time axis.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readClip } from '../testing/clips'
import { openTestLadder } from '../testing/disk-ladder'
import { finish } from './finish'
import { likeliest } from './hear-closely'
import { listen, type Heard } from './listen'
import type { Ladder } from './load'

const CLIP = 'sense-0880.wav'

let ladder: Ladder
let closely: Heard
let once: Heard
beforeAll(async () => {
  ladder = await openTestLadder('int8', 'wasm')
  const recording = readClip(CLIP)
  closely = await finish(listen(ladder, recording, 'whisper', 'close'))
  once = await finish(listen(ladder, recording, 'whisper'))
})
afterAll(() => ladder.dispose())

test('phones and units are those of the recording as it is', () => {
  expect(closely.phones).toEqual(once.phones)
  expect(closely.units).toEqual(once.units)
})

test('words stand where they stand when heard once, whatever pace they were heard at', () => {
  let end = 0
  for (const { startSeconds, endSeconds } of closely.words) {
    expect(startSeconds).toBeGreaterThanOrEqual(end)
    expect(endSeconds).toBeGreaterThanOrEqual(startSeconds)
    end = endSeconds
  }
  expect(end).toBeLessThanOrEqual(closely.seconds)
  const begins = (heard: Heard, word: string) =>
    heard.words.find((found) => found.word === word)?.startSeconds ?? NaN
  for (const word of ['he', 'was', 'not']) {
    // A frame is 0.025 s; a sound may be said a few of them sooner or later.
    expect(Math.abs(begins(closely, word) - begins(once, word)), word).toBeLessThan(0.15)
  }
})

const hearing = (heard: number, spoken: number | undefined) => ({ best: { heard, spoken } })

test('a hearing that the model was not asked about does not win by that', () => {
  const asked = [hearing(-30, -16), hearing(-31, -12), hearing(-40, undefined)]
  expect(likeliest(asked)).toBe(asked[0])
  expect(likeliest(asked.slice(0, 2))).toBe(asked[1])
})

test('a hearing in which nothing was read neither wins nor silences the others', () => {
  const hearings = [hearing(-Infinity, undefined), hearing(-30, -16), hearing(-31, -12)]
  expect(likeliest(hearings)).toBe(hearings[2])
  expect(likeliest(hearings.slice(0, 1))).toBe(hearings[0])
})
