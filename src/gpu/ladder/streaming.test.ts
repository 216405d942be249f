/**
 * Speaking as it streams: the same take however it is cut, alone or in a batch, and every text's phones in order.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Unit } from '../../speech/3-units/vocabulary'
import { joinSamples } from '../../speech/4-wave/join'
import { largestDifference } from '../testing/golden'
import { openTestLadder } from '../testing/disk-ladder'
import type { Ladder } from './load'
import { textToPlan } from './plan'
import { drawTakes, speak, takeToWave } from './speak'
import { createVocoder, unitsToWave } from './vocode'
import { chooseVoice } from './voice'

const TEXT = 'She sells sea shells. Does he?'
const sampling = { temperature: 0.8, topP: 1, topK: 0, minP: 0 }

/**
 * The decoder sums the same products in blocks of another size when its window is longer or shorter: controls differ by
 * about 1e-5. Pitch accumulates into phase, 1e-5 of 200 Hz over 3 s is 0.04 rad, so samples may differ by a few
 * thousandths of full scale, -50 dB, far below hearing.
 */
const SAMPLE_TOLERANCE = 5e-3

describe('streaming', () => {
  let ladder: Ladder
  beforeAll(async () => {
    ladder = await openTestLadder('int8')
  })
  afterAll(() => ladder.dispose())

  it('gives the same samples as the whole utterance, wherever it is cut', async () => {
    const units: Unit[] = Array.from({ length: 90 }, (_, i) => (i * 389 + (i % 7) * 31) % 1024)
    const voice = chooseVoice(ladder, { name: 'am_michael' })
    const whole = await unitsToWave(ladder, units, voice, 7)
    expect(whole).toHaveLength(units.length * ladder.manifest.samplesPerFrame)
    for (const chunk of [1, 5, 16, 89]) {
      const vocoder = createVocoder(ladder, voice, 7, 0)
      let state = vocoder.start
      const parts: Float32Array[] = []
      for (let at = 0; at < units.length; at += chunk) {
        const made = await vocoder.push(state, units.slice(at, at + chunk), at + chunk >= units.length)
        state = made.state
        parts.push(made.samples)
      }
      expect(largestDifference(joinSamples(parts), whole), `chunks of ${chunk}`).toBeLessThan(
        SAMPLE_TOLERANCE,
      )
    }
  })

  it('sounds before the last unit is drawn, and ends as the take drawn whole', async () => {
    const plan = await textToPlan(ladder, TEXT)
    const options = { voice: chooseVoice(ladder, { name: 'bf_emma' }), sampling, seed: 42 }
    const parts: Float32Array[] = []
    const order: string[] = []
    const speaking = speak(ladder, plan, options)
    let step = await speaking.next()
    for (; !step.done; step = await speaking.next()) {
      order.push(step.value.type)
      if (step.value.type === 'audio') parts.push(step.value.samples)
    }
    expect(order.indexOf('audio')).toBeLessThan(order.lastIndexOf('drawn'))
    const [take] = await drawTakes(ladder, plan, options, 1)
    expect(step.value).toEqual(take)
    const whole = await takeToWave(ladder, plan, take, options)
    expect(largestDifference(joinSamples(parts), whole)).toBeLessThan(SAMPLE_TOLERANCE)
    expect(plan.utterances).toHaveLength(2)
    expect(take.durationsFrames).toHaveLength(plan.utterances.flat().length)
  })

  it('draws in a batch what it draws alone', async () => {
    const plan = await textToPlan(ladder, 'Nine takes of one line.')
    const options = { voice: chooseVoice(ladder, { name: 'af_heart' }), sampling, seed: 5 }
    const batch = await drawTakes(ladder, plan, options, 9)
    for (const [i, take] of batch.entries()) {
      const [alone] = await drawTakes(ladder, plan, { ...options, seed: 5 + i }, 1)
      expect(take, `take ${i}`).toEqual(alone)
    }
  })

  it('stops when nobody asks for more', async () => {
    const plan = await textToPlan(ladder, TEXT)
    const speaking = speak(ladder, plan, {
      voice: chooseVoice(ladder, { name: 'af_heart' }),
      sampling,
      seed: 1,
    })
    await speaking.next()
    expect(await speaking.return(undefined as never)).toMatchObject({ done: true })
    expect(await speaking.next()).toMatchObject({ done: true })
  })
})
