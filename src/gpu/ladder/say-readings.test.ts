/**
 * The second opinion with the real models: of a sentence that the model said itself, the true reading must be likelier to have
 * been said so than readings with another word.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Candidate } from '../../speech/3-units/search/readings'
import { sayReadings } from './say-readings'
import type { Phone } from '../../speech/3-units/vocabulary'
import { openTestLadder } from '../testing/disk-ladder'
import { finish } from './finish'
import type { Ladder } from './load'
import { textToPlan } from './plan'
import { drawTakes } from './speak'
import { chooseVoice } from './voice'

let ladder: Ladder
beforeAll(async () => {
  ladder = await openTestLadder('int8', 'wasm')
}, 120_000)
afterAll(() => ladder.dispose())

const ask = (candidates: readonly Candidate[], units: readonly number[], voice: Float32Array) =>
  finish(sayReadings(ladder, candidates, units, voice))
async function scores(...asked: Parameters<typeof ask>): Promise<number[]> {
  const found = await ask(...asked)
  if (!found) throw new Error('not asked')
  return found
}

test('what was said is likelier than what sounds like it', async () => {
  const plan = await textToPlan(ladder, 'The farmer sold his horses at the market.')
  const voice = chooseVoice(ladder, { name: 'af_heart' })
  const sampling = { temperature: 0.5, topP: 1, topK: 0, minP: 0 }
  const [{ units, durationsFrames }] = await drawTakes(ladder, plan, { voice, sampling, seed: 3 }, 1)
  const phones = plan.utterances[0]
  const { sounds } = ladder.wordTools()
  let end = 0
  const heard = phones.flatMap((phone: Phone, i) => {
    end += durationsFrames[i]
    const frames = end + ladder.manifest.delayFrames
    if (i === 0 || i === phones.length - 1) return []
    return [{ phone, sound: sounds.ofPhone(phone), frames, probability: 1, posteriors: new Float32Array(0) }]
  })
  const read = (text: string): Candidate => ({
    history: {
      sounds: heard,
      score: 0,
      place: { key: '', column: { place: 0, tokens: [], endings: [], best: 0 } },
    },
    nodes: [],
    words: text.split(' '),
    score: 0,
    gain: 0,
  })
  const readings = [
    'the farmer sold his horses at the market',
    'the finer said his horses at the market',
    'the farmer told his houses at the market',
  ]
  const [said, ...others] = await scores(readings.map(read), units, voice)
  for (const other of others) expect(said).toBeGreaterThan(other)
  // A row that says what the first says is asked for its beginning only, and comes to the same.
  const twice = await scores([readings[0], readings[0]].map(read), units, voice)
  // Its sum is made of two parts: up to float64's rounding of sums near 200.
  for (const score of twice) expect(score).toBeCloseTo(said, 9)
  // A lone reading has a second opinion, a stretch too long to be said at once has none.
  expect(await scores([read(readings[0])], units, voice)).toEqual([said])
  const tooLong = Array.from({ length: 601 }, () => 0)
  expect(await ask(readings.map(read), tooLong, voice)).toBeUndefined()
})
