import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNoise } from './noise'
import { createSynth } from './synth'

const synth = createSynth({
  sampleRateHz: 24_000,
  samplesPerFrame: 600,
  decoder: { harmonicBands: 80, noiseBands: 48, phaseBands: 32, pastFrames: 1, futureFrames: 1 },
})
const width = synth.controlsPerFrame
const noiseAt = createNoise(5, 0)

/** Controls that wander: pitch, voicing on and off, envelopes and phases. */
function controlsOf(frames: number, seed: number): Float32Array {
  const wander = createNoise(seed, 9)(0, frames * width)
  return wander.map((value, i) => {
    const column = i % width
    if (column === 0) return Math.log(150) + 0.3 * value
    return column === 1 ? value : 0.5 * value
  })
}

const whole = (controls: Float32Array): Float32Array =>
  synth.synthesise(synth.start(0.3), controls, true, noiseAt).samples

describe('the vocoder', () => {
  it('streaming equals whole, bit for bit, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 12 }), fc.nat(5), fc.nat(1000), (cuts, rest, seed) => {
        const frames = cuts.reduce((sum, count) => sum + count, rest)
        const controls = controlsOf(frames, seed)
        let state = synth.start(0.3)
        let taken = 0
        const out: number[] = []
        for (const count of cuts) {
          const part = synth.synthesise(
            state,
            controls.slice(taken * width, (taken + count) * width),
            false,
            noiseAt,
          )
          taken += count
          state = part.state
          out.push(...part.samples)
          expect(out.length).toBe(Math.max(0, taken * synth.hopSamples - synth.lagSamples))
        }
        out.push(...synth.synthesise(state, controls.slice(taken * width), true, noiseAt).samples)
        expect(out).toEqual([...whole(controls)])
        expect(out.length).toBe(frames * synth.hopSamples)
      }),
      { numRuns: 40 },
    )
  })

  it('takes state in and gives it out: an old state can be continued again', () => {
    const controls = controlsOf(20, 1)
    const first = synth.synthesise(synth.start(0), controls.slice(0, 10 * width), false, noiseAt)
    const once = synth.synthesise(first.state, controls.slice(10 * width), true, noiseAt).samples
    expect(synth.synthesise(first.state, controls.slice(10 * width), true, noiseAt).samples).toEqual(once)
  })

  it('is causal but for its lag: later controls change nothing earlier', () => {
    const controls = controlsOf(30, 2)
    const changed = controls.slice()
    changed.fill(0.7, 20 * width)
    const a = whole(controls)
    const b = whole(changed)
    const same = 20 * synth.hopSamples - synth.lagSamples
    expect(b.slice(0, same)).toEqual(a.slice(0, same))
    expect(b.slice(same)).not.toEqual(a.slice(same))
  })

  it('a steady voice has its pitch and nothing else', () => {
    const frames = 80
    const controls = new Float32Array(frames * width)
    for (let frame = 0; frame < frames; frame++) {
      controls[frame * width] = Math.log(200)
      controls[frame * width + 1] = 1
      controls.fill(-12, frame * width + 82, frame * width + 130)
    }
    const samples = whole(controls)
    // 24,000 / 200 = 120 samples a period. The noise envelope at its floor is 6e-6 of full scale.
    let worst = 0
    for (let i = 6000; i < 18_000; i++) worst = Math.max(worst, Math.abs(samples[i] - samples[i + 120]))
    expect(worst).toBeLessThan(1e-4)
    expect(Math.max(...samples)).toBeGreaterThan(0.05)
  })
})
