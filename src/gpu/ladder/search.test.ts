/**
 * Word search with the real models on a person's recording: what it promises whatever it hears, and a few words it hears.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readClip } from '../testing/clips'
import { openTestLadder } from '../testing/disk-ladder'
import type { HeardPhone, HeardStretch } from './heard'
import type { Ladder } from './load'
import { findReadings, spellReadings } from './search'
import { spellWords } from './spell-words'
import { recordingToStretches, stretchToUnits, stretchToVoice } from './tokenize'

const CLIP = 'sense-0880.wav'

let ladder: Ladder
let told: HeardPhone[]
let heard: HeardStretch
let seconds: number

beforeAll(async () => {
  ladder = await openTestLadder('int8', 'wasm')
  const recording = readClip(CLIP)
  seconds = recording.samples.length / recording.sampleRateHz
  const [stretch] = recordingToStretches(ladder, recording)
  const units = await stretchToUnits(ladder, stretch, 'whisper')
  const voice = await stretchToVoice(ladder, stretch)
  const toSeconds = (frames: number) => Math.min(seconds, frames / 40)
  const hearing = findReadings(ladder, units, voice, 'whisper', { beam: 4, asksLone: false }, toSeconds)
  told = []
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) told.push(...step.value.phones)
  heard = await spellReadings(ladder, step.value)
}, 120_000)

afterAll(() => ladder.dispose())

test('“he was not an ill disposed young man” begins well', () => {
  expect(heard.words.slice(0, 3).map(({ word }) => word)).toEqual(['he', 'was', 'not'])
})

test('words come in order within the recording, with shares and rivals below their own', () => {
  let end = 0
  for (const { startSeconds, endSeconds, probability, rivals = [] } of heard.words) {
    expect(startSeconds).toBeGreaterThanOrEqual(end)
    expect(endSeconds).toBeGreaterThanOrEqual(startSeconds)
    end = endSeconds
    for (const share of [probability, ...rivals.map((rival) => rival.probability)]) {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
    }
  }
  expect(end).toBeLessThanOrEqual(seconds)
  expect(heard.words.some(({ rivals = [] }) => rivals.length > 0)).toBe(true)
})

test('readings differ, the best first, which is the words', () => {
  const texts = heard.readings.map(({ text }) => text)
  expect(texts[0]).toBe(heard.words.map(({ word }) => word).join(' '))
  expect(new Set(texts).size).toBe(texts.length)
})

test('phones told early are those of the end', () => {
  expect(told.map(({ phone }) => phone)).toEqual(heard.phones.map(({ phone }) => phone))
})

test('a word that the lexicon lacks is spelled in its sentence, and ends', async () => {
  const phones = 'HH IY0 | W AA1 Z | G L IH1 M T AA2 R'
    .split(' ')
    .map((phone) => (phone === '|' ? ' ' : phone))
  const place = { probability: 1, rivals: [] }
  const words = [
    { word: 'he', firstSound: 0, endSound: 2, ...place },
    { word: 'was', firstSound: 3, endSound: 6, ...place },
    { word: undefined, firstSound: 7, endSound: 14, ...place },
  ]
  const spelled = await spellWords(ladder, phones, words)
  expect(spelled.slice(0, 2)).toEqual(['he', 'was'])
  expect(spelled[2]).toMatch(/^gl[a-z']{2,15}$/)
})
