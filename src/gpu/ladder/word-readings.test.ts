import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestLadder } from '../testing/disk-ladder'
import type { Ladder } from './load'
import { textToPlan } from './plan'
import { readWord } from './word-readings'

let ladder: Ladder
beforeAll(async () => {
  ladder = await openTestLadder('int8')
})
afterAll(() => ladder.dispose())

it('an unknown word: the likeliest reading is what the plan says, the others are less likely', async () => {
  const readings = await readWord(ladder, 'zorblax')
  const { utterances, words } = await textToPlan(ladder, 'Zorblax.')
  const said = utterances.flat().slice(words[0].firstPhone, words[0].endPhone)
  expect(readings[0]).toMatchObject({ phones: said, origin: 'model' })
  expect(readings.length).toBeGreaterThan(1)
  const chances = readings.map(({ probability }) => probability)
  expect(chances).toEqual(chances.toSorted((a, b) => b - a))
  expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1 + 1e-4)
})

it('a word of the lexicon: each of its forms, once, with the model’s probability', async () => {
  const readings = await readWord(ladder, 'tomato')
  const known = readings.filter(({ origin }) => origin === 'lexicon').map(({ phones }) => phones.join(' '))
  expect(known.toSorted()).toEqual(
    ladder.lexicon
      .forms('tomato')
      .map((phones) => phones.join(' '))
      .toSorted(),
  )
  const all = readings.map(({ phones }) => phones.join(' '))
  expect(new Set(all).size).toBe(all.length)
  const house = (await readWord(ladder, 'house')).map(({ phones }) => phones.join(' '))
  expect(house).toContain('HH AW1 Z')
  expect(house).toContain('HH AW1 S')
})
