/** Recordings of more than one window, beside a tokenizer that only numbers what it is shown. */
import { expect, it } from 'vitest'
import type { Networks } from '../networks'
import { readTestManifest } from '../testing/test-model'
import { recordingToUnits, type UnitStretch } from './recording-units'

const RATE_HZ = 4000
/** The published one at the lowest rates, which is soon done. */
const manifest = {
  ...readTestManifest(),
  sampleRateHz: 4800,
  samplesPerFrame: 120,
  tokenizerSampleRateHz: 4000,
}

/** Words of 0.6 s with pauses of 0.3 s; nothing at all between the two times. */
function makeRecording(seconds: number, silentFrom = Infinity, silentTo = Infinity) {
  const samples = Float32Array.from({ length: seconds * RATE_HZ }, (_, i) => {
    const at = i / RATE_HZ
    const isNothing = at >= silentFrom && at < silentTo
    return isNothing || at % 0.9 > 0.6 ? 0 : 0.3 * Math.sin(i * 0.7) * Math.sin(i * 0.013)
  })
  return { samples, sampleRateHz: RATE_HZ }
}

async function readAll(seconds: number, ...silent: readonly number[]) {
  let calls = 0
  const networks: Partial<Networks> = {
    async whisperMelToUnits(_bands, _melFrames, frames) {
      calls += 1
      return Array.from({ length: frames }, () => calls)
    },
  }
  const ladder = { manifest, networks: networks as Networks }
  const stretches: UnitStretch[] = []
  for await (const stretch of recordingToUnits(ladder, makeRecording(seconds, ...silent), 'whisper'))
    stretches.push(stretch)
  return { stretches, units: stretches.flatMap(({ next }) => next) }
}

const framesOf = (seconds: number): number => Math.ceil((seconds + 0.3) * manifest.frameRateHz)

it.each([20, 10 * 60 + 30])('%i seconds have 40 units each and one margin at both ends', async (seconds) => {
  const { stretches, units } = await readAll(seconds)
  expect(stretches.length).toBeGreaterThan(1)
  expect(units).toHaveLength(framesOf(seconds))
  let done = 0
  for (const { firstFrame, units: own, next } of stretches) {
    expect(own.slice(done - firstFrame, done - firstFrame + next.length)).toEqual(next)
    done += next.length
    // What a neighbour takes over is no more than two margins.
    expect(own.length - next.length).toBeLessThanOrEqual(2 * 6)
  }
})

it('a window without sound is what nothing sounds like, and takes its time', async () => {
  const { units } = await readAll(10 * 60 + 30, 0, 130)
  expect(units).toHaveLength(framesOf(10 * 60 + 30))
  expect(new Set(units.slice(0, 80 * 40)).size).toBe(1)
})
