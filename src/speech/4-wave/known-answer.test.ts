/**
 * Compares this folder with the prototype's stored answers (fixtures of training/golden.py and training/golden_wave.py). Each tolerance
 * says what it allows for: the prototype computes in float32, we in float64.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { codecMel } from './codec-mel'
import { digitLogitsToUnits, unitsToValues, zToUnits } from './fsq'
import { mixToMono, prepareRecording } from './prepare'
import { resample } from './resample'
import { createSynth } from './synth'
import { decodeWav } from './wav-decode'
import { whisperMel } from './whisper-mel'

const LEVELS = [4, 4, 4, 4, 4]
const SHAPE = {
  sampleRateHz: 24_000,
  samplesPerFrame: 600,
  decoder: { harmonicBands: 80, noiseBands: 48, phaseBands: 32, pastFrames: 1, futureFrames: 1 },
}
const root = new URL('../../../', import.meta.url)

const audioSchema = v.object({ clip: v.string(), samples: v.number(), rms: v.number(), peak: v.number() })
const codesSchema = v.object({ whisper: v.array(v.number()), mel: v.array(v.number()) })
const vocoderSchema = v.object({ start_phase: v.number() })
const GOLDEN = 'src/speech/fixtures/golden'
const VOCODER = 'src/speech/4-wave/fixtures'

function floats(name: string, folder = GOLDEN): Float32Array {
  const bytes = readFileSync(new URL(`${folder}/${name}.f32`, root))
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

function json(name: string, folder = GOLDEN): unknown {
  return JSON.parse(readFileSync(new URL(`${folder}/${name}.json`, root), 'utf8'))
}

/** The largest difference; also fails on another length. */
function distance(found: Float32Array, wanted: Float32Array): number {
  expect(found.length).toBe(wanted.length)
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0)
}

describe('the prototype’s answers', () => {
  it('resamples as scipy does', () => {
    for (const pair of ['24000_16000', '44100_24000', '16000_24000', '48000_24000', '8000_24000']) {
      const [from, to] = pair.split('_').map(Number)
      // scipy rounds the filter and every sum to float32.
      expect(
        distance(resample(floats(`resample_${pair}_in`), from, to), floats(`resample_${pair}_out`)),
      ).toBeLessThan(1e-6)
    }
  })

  it('prepares a recording', () => {
    const audio = v.parse(audioSchema, json('audio'))
    const file = decodeWav(readFileSync(new URL(`e2e/fixtures/librivox/${audio.clip}`, root)))
    const prepared = prepareRecording(mixToMono(file.channels), file.sampleRateHz)
    const wanted = floats('prepared')
    expect(prepared.length).toBe(audio.samples)
    // The filter's float32 roundings, times a gain.
    expect(distance(prepared.subarray(0, wanted.length), wanted)).toBeLessThan(1e-5)
    const power = prepared.reduce((sum, sample) => sum + sample ** 2, 0)
    expect(Math.sqrt(power / prepared.length)).toBeCloseTo(audio.rms, 6)
    expect(Math.max(...prepared.map(Math.abs))).toBeCloseTo(audio.peak, 4)
  })

  it('hears the codec’s mel', () => {
    const { bands, frames } = codecMel(floats('prepared'))
    expect(frames).toBe(160)
    // torch's own float32 and float64 answers differ by 2e-4 here, in bands just above the floor.
    expect(distance(bands, floats('codec_mel'))).toBeLessThan(3e-4)
  })

  it('hears Whisper’s mel', () => {
    const at16k = resample(floats('prepared'), 24_000, 16_000)
    const padded = new Float32Array(at16k.length + 160)
    padded.set(at16k)
    const { bands, frames } = whisperMel(padded)
    expect(frames).toBe(201)
    expect(distance(bands, floats('whisper_mel'))).toBeLessThan(1e-4)
  })

  it('rounds to the same units', () => {
    const codes = v.parse(codesSchema, json('codes'))
    expect(zToUnits(floats('tokenizer_mel_z'), LEVELS)).toEqual(codes.mel)
    expect(digitLogitsToUnits(floats('tokenizer_whisper_logits'), LEVELS)).toEqual(codes.whisper)
    expect(distance(unitsToValues(codes.mel, LEVELS), floats('fsq_values'))).toBeLessThan(1e-6)
  })

  it('synthesises the same wave from the same noise and phase', () => {
    const { start_phase: phase } = v.parse(vocoderSchema, json('vocoder', VOCODER))
    const noise = floats('noise', VOCODER)
    const noiseAt = (first: number, count: number): Float32Array => noise.slice(first, first + count)
    const synth = createSynth(SHAPE)
    const { samples } = synth.synthesise(synth.start(phase), floats('controls', VOCODER), true, noiseAt)
    const wanted = floats('waveform', VOCODER)
    // The prototype's angle at harmonic 240 is a float32 near 1,500: wrong by 1e-4 of a radian. The wave's peak is 0.48.
    expect(distance(samples, wanted)).toBeLessThan(1e-4)
    const error = samples.reduce((sum, sample, i) => sum + (sample - wanted[i]) ** 2, 0)
    const power = wanted.reduce((sum, sample) => sum + sample ** 2, 0)
    expect(10 * Math.log10(power / error)).toBeGreaterThan(80)
  })
})
