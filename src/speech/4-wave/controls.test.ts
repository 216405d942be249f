import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseManifest } from '../manifest'
import { CONTROLS_PER_UNIT, controlLayout } from './controls'
import { createSynth } from './synth'

it('has pitch and voicing, then the bands in the manifest’s numbers', () => {
  expect(controlLayout({ harmonicBands: 5, noiseBands: 3, phaseBands: 4 })).toEqual({
    harmonicFirst: 2,
    noiseFirst: 7,
    phaseFirst: 10,
    controlsPerFrame: 14,
  })
})

it('is what the published models’ synthesiser takes in', () => {
  const manifest = parseManifest(JSON.parse(readFileSync('public/models/manifest.json', 'utf8')))
  const synth = createSynth(manifest)
  expect(controlLayout(manifest.decoder).controlsPerFrame).toBe(synth.controlsPerFrame)
  expect(synth.hopSamples * CONTROLS_PER_UNIT).toBe(manifest.samplesPerFrame)
})
