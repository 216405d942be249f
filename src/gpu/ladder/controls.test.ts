/** Takes as controls and as sound on the real models: measured, averaged, changed, heard again. */
import { afterAll, expect, it } from 'vitest'
import { averageTakes } from '../../speech/takes/average'
import { takeToStatistics } from '../../speech/takes/statistics'
import { finish } from './finish'
import { uncut } from '../../speech/3-units/sampling'
import { openTakeBench } from '../testing/take-bench'
import { controlsToWave, listenToAlternative, takeToControls } from './controls'
import { textToPlan } from './plan'
import { roundTrip } from './round-trip'
import { drawTakes, takeToWave } from './speak'

const { ladder, reference, plan, options, take } = await openTakeBench()
afterAll(() => reference.dispose())

it('takes can be measured, averaged, and heard with one unit changed', async () => {
  const others = await drawTakes(ladder, plan, { ...options, seed: 20 }, 3)
  const aligned = []
  for (const { units, durationsFrames } of others) {
    const controls = await takeToControls(ladder, plan, { units, durationsFrames }, options.voice)
    expect(controls).toHaveLength(units.length * 2 * 162)
    aligned.push({ durationsFrames, controls })
  }
  const { decoder, frameRateHz, samplesPerFrame } = ladder.manifest
  const phones = plan.utterances.flat()
  const shape = { frameRateHz, controlsPerFrame: 162 }
  const spread = aligned.map((each) => takeToStatistics({ phones, ...each }, shape).pitch?.meanHz ?? 0)
  // The voice's description says about 190 Hz.
  for (const hz of spread) expect(Math.abs(hz - 190)).toBeLessThan(60)
  const average = averageTakes(aligned, decoder)
  const frames = average.durationsFrames.reduce((sum, each) => sum + each, 0)
  const samples = controlsToWave(ladder, average.controls, 1)
  expect(samples).toHaveLength(frames * samplesPerFrame)
  expect(samples.every(Number.isFinite)).toBe(true)
  const frame = 40
  const heard = await listenToAlternative(ladder, take, { frame, unit: take.units[frame] ^ 3 }, options)
  expect(heard.startFrame).toBe(24)
  expect(heard.samples).toHaveLength(33 * samplesPerFrame)
  const same = await listenToAlternative(ladder, take, { frame, unit: take.units[frame] }, options)
  expect(same.samples).not.toEqual(heard.samples)
  await expect(listenToAlternative(ladder, take, { frame: -1, unit: 0 }, options)).rejects.toThrow(/codebook/)
})

it('takes are understood by the model that said them', async () => {
  const plan = await textToPlan(ladder, 'The wings of the birds clapped loudly.')
  const calm = { ...options, sampling: uncut(0.3) }
  const [said] = await drawTakes(ladder, plan, calm, 1)
  const trip = await finish(roundTrip(ladder, plan, await takeToWave(ladder, plan, said, calm)))
  expect(trip.phones.rate).toBeLessThan(0.3)
  expect(trip.words?.length).toBe(7)
  expect(trip.heard.phones.length).toBeGreaterThan(10)
})
