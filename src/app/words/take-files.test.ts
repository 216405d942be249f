import { expect, test } from 'vitest'
import { fakeDrawn } from '../stores/fakes'
import { DEFAULT_SETTINGS } from '../stores/speak-settings'
import type { KeptTake } from '../stores/takes-state'
import { takeToFiles } from './take-files'

const plan = {
  phones: ['_', 'HH', 'AY1', '.', '_'],
  utteranceEnds: [5],
  words: [{ word: 'hi', firstPhone: 1, endPhone: 3, origin: 'lexicon' }],
  skipped: [],
} as const
const spans = plan.phones.map((phone, i) => ({ phone, startSeconds: i / 40, endSeconds: (i + 1) / 40 }))
const take: KeptTake = {
  id: 1,
  text: 'Hi!',
  settings: DEFAULT_SETTINGS,
  plan,
  data: {
    units: [1, 2, 3, 4, 5],
    durationsFrames: [1, 1, 1, 1, 1],
    utterances: [plan.phones],
    voice: { name: 'af_heart' },
    sampling: { temperature: 0.6, topK: 0, topP: 1, minP: 0 },
    seed: 7,
    soundSeed: 7,
  },
  trace: null,
  soundId: 1,
  timeline: {
    seconds: 0.125,
    phones: spans,
    words: [{ word: 'hi', startSeconds: 0.025, endSeconds: 0.075 }],
    units: [1, 2, 3, 4, 5],
    unitSeconds: 0.025,
    unitsStartSeconds: 0,
  },
  envelope: new Float32Array(5),
  hz: new Float32Array(10),
  statistics: { ...fakeDrawn.sound.statistics, durationSeconds: 0.125, speechSeconds: 0.075 },
  roundTrip: null,
}

test('a take’s files are named by what made it, and hold everything that decided it', () => {
  const { wavName, texts } = takeToFiles(take, 'T 0.6, seed 7', 3)
  expect(wavName).toBe('hi_03_Heart_T0.6_seed7.wav')
  const [grid, json] = texts
  expect(grid.name).toBe('hi_03_Heart_T0.6_seed7.TextGrid')
  expect(grid.text).toContain('name = "units"')
  expect(grid.text).toContain('xmax = 0.125')
  expect(grid.text).toContain('text = "AY1"')
  const about: unknown = JSON.parse(json.text)
  expect(about).toMatchObject({
    title: 'T 0.6, seed 7',
    seed: 7,
    units: take.data.units,
    durationsFrames: take.data.durationsFrames,
    phones: [plan.phones],
    tiers: [{ name: 'words' }, { name: 'phones' }, { name: 'units' }],
  })
})
