/** A manifest is read as it is, or refused where this code could not run its models. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createSynth } from './4-wave/synth'
import { parseManifest, type Manifest } from './manifest'

const published = parseManifest(JSON.parse(readFileSync('public/models/manifest.json', 'utf8')))

describe('a manifest', () => {
  it('may say that the decoder sees no past or no coming frame', () => {
    const decoder = { ...published.decoder, pastFrames: 0, futureFrames: 0 }
    expect(parseManifest({ ...published, decoder }).decoder).toEqual(decoder)
    expect(() => parseManifest({ ...published, decoder: { ...decoder, futureFrames: -1 } })).toThrow(
      /decoder\.futureFrames/,
    )
  })

  it('may have another frame rate', () => {
    const { samplesPerFrame } = parseManifest({ ...published, frameRateHz: 50, samplesPerFrame: 480 })
    expect(createSynth({ ...published, samplesPerFrame }).hopSamples).toBe(240)
  })

  it.each<[field: string, change: Partial<Manifest>]>([
    ['sampleRateHz', { sampleRateHz: 48_000, samplesPerFrame: 1200 }],
    ['sampleRateHz', { sampleRateHz: 22_050, frameRateHz: 50, samplesPerFrame: 441 }],
    ['tokenizerSampleRateHz', { tokenizerSampleRateHz: 24_000 }],
    ['samplesPerFrame', { frameRateHz: 64, samplesPerFrame: 375 }],
    ['samplesPerFrame', { frameRateHz: 96, samplesPerFrame: 250 }],
    ['codes', { codes: 512 }],
  ])('is refused where this code could not run its %s', (field, change) => {
    expect(() => parseManifest({ ...published, ...change })).toThrow(
      expect.objectContaining({ code: 'model-incompatible', facts: expect.objectContaining({ field }) }),
    )
  })
})
