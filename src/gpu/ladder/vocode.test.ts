/** Streaming where the decoder sees its own frames alone, so that all is vocoded before the end is known. */
import { expect, it, vi } from 'vitest'
import { controlLayout } from '../../speech/4-wave/controls'
import type { Networks } from '../networks'
import { readTestManifest } from '../testing/test-model'
import { createVocoder } from './vocode'

it('asks the decoder for nothing when the last unit came before', async () => {
  const published = readTestManifest()
  const decoder = { ...published.decoder, pastFrames: 0, futureFrames: 0 }
  const { controlsPerFrame } = controlLayout(decoder)
  const unitsToControls = vi.fn<Networks['unitsToControls']>(
    async (units) => new Float32Array(2 * units.length * controlsPerFrame),
  )
  const networks: Partial<Networks> = { unitsToControls }
  const ladder = { manifest: { ...published, decoder }, networks: networks as Networks }
  const vocoder = createVocoder(ladder, new Float32Array(published.voiceDim), 1, 0)
  const begun = await vocoder.push(vocoder.start, [1, 2, 3], false)
  const ended = await vocoder.push(begun.state, [], true)
  expect(unitsToControls.mock.calls.map(([units]) => units)).toEqual([[1, 2, 3]])
  expect(begun.samples.length + ended.samples.length).toBe(3 * published.samplesPerFrame)
})
