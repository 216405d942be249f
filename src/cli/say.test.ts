/**
 * `converge say`, run as a program: the files it writes are speech, its JSON has the published shape, and a seed means the
 * same alone as among several takes.
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { decodeWav } from '../speech/4-wave/wav'
import { samplesToVoicing } from '../speech/testing/voicing'
import { makeFolder, runConverge, runForJson } from './testing/run-converge'

interface SaidTake {
  readonly seed: number
  readonly temperature: number
  readonly units: readonly number[]
  readonly durations: readonly number[]
  readonly seconds: number
  readonly file: string
}
interface Said {
  readonly text: string
  readonly phones: readonly string[]
  readonly takes: readonly SaidTake[]
  readonly skipped: readonly string[]
  readonly engine: string
  readonly timing: Readonly<Record<string, number>>
}

const SENTENCE = 'The boy ran home.'
const PHONES = ['_', 'DH', 'AH0', ' ', 'B', 'OY1', ' ', 'R', 'AE1', 'N', ' ', 'HH', 'OW1', 'M', '.', '_']

async function readSound(path: string) {
  const { channels, sampleRateHz } = decodeWav(new Uint8Array(await readFile(path)))
  return { samples: channels[0], sampleRateHz }
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('converge say', () => {
  it('writes a WAV file that is speech and prints one JSON object of the published shape', async () => {
    const place = await makeFolder()
    const out = place('home.wav')
    const said = await runForJson<Said>('say', SENTENCE, '--temperature', '0.5', '--out', out, '--json')
    expect(Object.keys(said).sort()).toEqual(['engine', 'phones', 'skipped', 'takes', 'text', 'timing'])
    expect(Object.keys(said.timing).sort()).toEqual([
      'first_sample_ms',
      'load_ms',
      'real_time_factor',
      'total_ms',
    ])
    expect(Object.values(said.timing).every((value) => Number.isFinite(value) && value > 0)).toBe(true)
    expect(said.text).toBe(SENTENCE)
    expect(said.phones).toEqual(PHONES)
    expect(['ort', 'wasm']).toContain(said.engine)
    const [take] = said.takes
    expect(take).toMatchObject({ seed: 1, temperature: 0.5, file: out })
    expect(take.durations).toHaveLength(said.phones.length)
    expect(sum(take.durations)).toBe(take.units.length)

    const { samples, sampleRateHz } = await readSound(out)
    expect(samples.length).toBe(take.units.length * 600)
    expect(take.seconds).toBeCloseTo(samples.length / sampleRateHz, 6)
    const { voicedFraction } = samplesToVoicing(samples, sampleRateHz)
    expect(voicedFraction).toBeGreaterThan(0.35)
    expect(voicedFraction).toBeLessThan(0.98)
  })

  it('numbers the files of several takes; each is what its seed gives alone', async () => {
    const place = await makeFolder()
    const several = await runForJson<Said>(
      'say',
      SENTENCE,
      '--takes',
      '3',
      '--seed',
      '5',
      '--out',
      place('a.wav'),
      '--json',
    )
    expect(several.takes.map(({ file }) => file)).toEqual([
      place('a-1.wav'),
      place('a-2.wav'),
      place('a-3.wav'),
    ])
    expect(several.takes.map(({ seed }) => seed)).toEqual([5, 6, 7])
    expect(several.takes[1].units).not.toEqual(several.takes[0].units)
    const alone = await runForJson<Said>('say', SENTENCE, '--seed', '6', '--out', place('b.wav'), '--json')
    expect(alone.takes[0].units).toEqual(several.takes[1].units)
    const [together, single] = await Promise.all([readSound(place('a-2.wav')), readSound(place('b.wav'))])
    expect(together.samples.length).toBe(single.samples.length)
    // The streamed and the whole waveform round differently in the last bit of 16.
    const largest = single.samples.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - together.samples[i])),
      0,
    )
    expect(largest).toBeLessThanOrEqual(2 / 32768)
  })

  it('speaks typed phones in the text’s place', async () => {
    const place = await makeFolder()
    const said = await runForJson<Said>(
      'say',
      'hello',
      '--phones',
      'HH AH0 L OW1 | m iy1',
      '--out',
      place('p.wav'),
      '--json',
    )
    expect(said.phones).toEqual(['_', 'HH', 'AH0', 'L', 'OW1', ' ', 'M', 'IY1', '.', '_'])
    expect(said.text).toBe('hello')
    expect(said.skipped).toEqual([])
  })

  it('lists the signs that it left out', async () => {
    const place = await makeFolder()
    const said = await runForJson<Said>('say', 'Snow ☃ here.', '--out', place('s.wav'), '--json')
    expect(said.skipped).toEqual(['☃'])
  })

  it('follows voice and temperature, and says in plain words what it wrote and left out', async () => {
    const place = await makeFolder()
    const out = place('v.wav')
    const options = ['--voice', 'am_michael', '--temperature', '0', '--out', out]
    const { code, stdout, stderr } = await runConverge('say', 'A man speaks ☃ here.', ...options)
    expect(code).toBe(0)
    expect(stdout).toMatch(/v\.wav {2}\d+\.\d\d s\n$/)
    expect(stderr).toBe('Not read aloud: ☃\n')
    const { samples, sampleRateHz } = await readSound(out)
    const pitches = samplesToVoicing(samples, sampleRateHz).f0Hz.filter((hz) => hz > 0)
    expect(pitches.toSorted()[pitches.length >> 1]).toBeLessThan(150)
  })
})
