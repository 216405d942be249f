/** The figures read off controls are those of the sound that the vocoder makes of them. */
import { describe, expect, it } from 'vitest'
import { createNoise } from '../4-wave/noise'
import { createSynth } from '../4-wave/synth'
import { bandHz, controlsToFigures } from './control-figures'

const decoder = { harmonicBands: 80, noiseBands: 48, phaseBands: 32, pastFrames: 1, futureFrames: 1 }
const shape = { sampleRateHz: 24_000, samplesPerFrame: 600, decoder }
const synth = createSynth(shape)
const width = synth.controlsPerFrame
const FRAMES = 160

interface Steady {
  readonly hz: number
  readonly isVoiced: boolean
  readonly harmonic: (band: number) => number
  readonly noise: (band: number) => number
}

const steady = ({ hz, isVoiced, harmonic, noise }: Steady): Float32Array =>
  Float32Array.from({ length: FRAMES * width }, (_, i) => {
    const column = i % width
    if (column === 0) return Math.log(hz)
    if (column === 1) return isVoiced ? 2 : -2
    if (column < 82) return harmonic(column - 2)
    return column < 130 ? noise(column - 82) : 0
  })

function heardDb(controls: Float32Array): number {
  const { samples } = synth.synthesise(synth.start(0), controls, true, createNoise(3, 0))
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4)
  const power = middle.reduce((sum, x) => sum + x * x, 0) / middle.length
  return 10 * Math.log10(power)
}

const vowel = steady({
  hz: 140,
  isVoiced: true,
  harmonic: (band) => 2 - band / 14,
  noise: () => -4,
})
const hiss = steady({ hz: 140, isVoiced: false, harmonic: () => 1, noise: (band) => band / 16 - 2 })

describe('the figures of frame controls', () => {
  it.each([
    ['a vowel', vowel],
    ['a hiss', hiss],
  ])('of %s: the level that is heard', (_, controls) => {
    expect(Math.abs(controlsToFigures(controls, shape).levelDb - heardDb(controls))).toBeLessThan(1)
  })

  it('tells pitch, what is noise, and which is brighter', () => {
    const [sung, hissed] = [vowel, hiss].map((controls) => controlsToFigures(controls, shape))
    expect(sung.pitchHz).toBeCloseTo(140, 3)
    expect(hissed.pitchHz).toBeUndefined()
    expect(sung.noiseShare).toBeLessThan(0.1)
    expect(hissed.noiseShare).toBe(1)
    expect(hissed.brightnessHz).toBeGreaterThan(2 * sung.brightnessHz)
    expect(sung.spectrumDb).toHaveLength(80)
    expect(sung.spectrumDb[0]).toBeGreaterThan(sung.spectrumDb[79] + 30)
  })

  it('puts the bands from 0 Hz to half the rate, closer together below', () => {
    const hz = bandHz(80, 24_000)
    expect(hz[0]).toBe(0)
    expect(hz[79]).toBeCloseTo(12_000, 6)
    expect(hz[1] - hz[0]).toBeLessThan(hz[79] - hz[78])
  })

  it('of silence are finite', () => {
    const silent = steady({ hz: 140, isVoiced: false, harmonic: () => -12, noise: () => -99 })
    const { levelDb, brightnessHz, noiseShare } = controlsToFigures(silent, shape)
    for (const figure of [levelDb, brightnessHz, noiseShare]) expect(Number.isFinite(figure)).toBe(true)
    expect(levelDb).toBeLessThan(-100)
  })
})
