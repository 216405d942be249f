import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { samplesToVoicing } from '../testing/voicing'
import { resampleFrames } from './control-frames'
import { moveControls, NO_MOVES, type VocoderMoves } from './moves'
import { createNoise } from './noise'
import { createSynth } from './synth'

const decoder = { harmonicBands: 80, noiseBands: 48, phaseBands: 32, pastFrames: 1, futureFrames: 1 }
const synth = createSynth({ sampleRateHz: 24_000, samplesPerFrame: 600, decoder })
const width = synth.controlsPerFrame

/** A steady vowel at 150 Hz with some breath. */
function vowel(frames: number): Float32Array {
  return Float32Array.from({ length: frames * width }, (_, i) => {
    const column = i % width
    if (column === 0) return Math.log(150)
    if (column === 1) return 2
    return column < 82 ? 1 - column / 20 : column < 130 ? -4 : 0
  })
}

const sing = (controls: Float32Array): Float32Array =>
  synth.synthesise(synth.start(0), controls, true, createNoise(1, 0)).samples
const move = (controls: Float32Array, part: Partial<VocoderMoves>): Float32Array =>
  moveControls(controls, { ...NO_MOVES, ...part }, decoder)
const medianHz = (samples: Float32Array): number => {
  const voiced = samplesToVoicing(samples, 24_000).f0Hz.filter((hz) => hz > 0)
  return voiced.toSorted()[Math.floor(voiced.length / 2)]
}

describe('moving the vocoder', () => {
  it('changes nothing when nothing is asked', () => {
    const controls = vowel(12)
    expect(move(controls, {})).toEqual(controls)
    expect(move(controls, {})).not.toBe(controls)
  })

  it('raises the pitch that is heard by semitones', () => {
    const controls = vowel(80)
    expect(medianHz(sing(controls))).toBeCloseTo(150, 0)
    expect(medianHz(sing(move(controls, { pitchSemitones: 12 })))).toBeCloseTo(300, 0)
    expect(medianHz(sing(move(controls, { pitchSemitones: -7 })))).toBeCloseTo(150 * 2 ** (-7 / 12), 0)
  })

  it('shortens without moving the pitch', () => {
    const fast = sing(move(vowel(160), { pace: 2 }))
    expect(fast.length).toBe(80 * synth.hopSamples)
    expect(medianHz(fast)).toBeCloseTo(150, 0)
  })

  it('moves noise against harmonics by the decibels asked', () => {
    const moved = move(vowel(1), { breathinessDb: 12 })
    const ratio = (controls: Float32Array) => controls[100] - controls[40]
    expect(((ratio(moved) - ratio(vowel(1))) * 20) / Math.LN10).toBeCloseTo(12, 5)
    expect(moved.slice(130)).toEqual(vowel(1).slice(130))
  })

  it('acts on frames alone unless the pace changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 0, max: 10 }), (semitones, cut) => {
        const part = { pitchSemitones: semitones, breathinessDb: semitones }
        const controls = vowel(10).map((value, i) => value + Math.sin(i))
        const pieces = [controls.slice(0, cut * width), controls.slice(cut * width)]
        const joined = pieces.flatMap((piece) => [...move(piece, part)])
        expect(joined).toEqual([...move(controls, part)])
      }),
    )
  })

  it('refuses what no voice does', () => {
    const wrong = [{ pitchSemitones: 13 }, { pace: 0 }, { pace: NaN }, { breathinessDb: -99 }]
    for (const part of wrong) expect(() => move(vowel(1), part)).toThrow(/goes from/)
  })
})

describe('frames in another number', () => {
  it('keep a straight line straight, and its ends inside', () => {
    const line = Float32Array.from({ length: 20 }, (_, i) => i)
    expect([...resampleFrames(line, 1, [0, 20], 20)]).toEqual([...line])
    expect([...resampleFrames(line, 1, [4, 8], 2)]).toEqual([4.5, 6.5])
    expect([...resampleFrames(line, 1, [4, 5], 3)]).toEqual([4, 4, 4])
    expect([...resampleFrames(line, 1, [0, 2], 4)]).toEqual([0, 0.25, 0.75, 1])
  })
})
