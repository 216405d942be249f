/**
 * `converge listen`, run as a program: recordings of a reader in two file formats, and its own speech.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { phoneErrorRate, wordErrorRate } from '../speech/measure/errorRate'
import { callConverge, clipPath, makeFolder, runConverge, runForJson } from './testing/run-converge'

interface Span {
  readonly start: number
  readonly end: number
  readonly probability: number
}
interface HeardFile {
  readonly file: string
  readonly seconds: number
  readonly cut_short: boolean
  readonly text: string
  readonly words: readonly (Span & { readonly word: string })[]
  readonly phones: readonly (Span & { readonly phone: string })[]
  readonly units: readonly number[]
  readonly tokenizer: string
  readonly engine: string
  readonly timing: Readonly<Record<string, number>>
}
interface Heard {
  readonly files: readonly HeardFile[]
}

const namesOf = ({ phones }: HeardFile): string[] => phones.map(({ phone }) => phone)

function expectInOrder(spans: readonly Span[], seconds: number): void {
  spans.forEach(({ start, end, probability }, i) => {
    expect(start).toBeGreaterThanOrEqual(i === 0 ? 0 : spans[i - 1].start)
    expect(end).toBeGreaterThanOrEqual(start)
    expect(end).toBeLessThanOrEqual(seconds)
    expect(probability).toBeGreaterThan(0)
    expect(probability).toBeLessThanOrEqual(1)
  })
}

describe('converge listen', () => {
  it('hears a WAV and a FLAC file alike, in the published shape', async () => {
    const [wav, flac] = ['sense-0880.wav', 'sense-0880.flac'].map(clipPath)
    const { files } = await runForJson<Heard>('listen', wav, flac, '--json')
    expect(files.map(({ file }) => file)).toEqual([wav, flac])
    const [heard, again] = files
    for (const key of [
      'file',
      'seconds',
      'text',
      'words',
      'phones',
      'units',
      'tokenizer',
      'engine',
      'timing',
    ]) {
      expect(heard).toHaveProperty(key)
    }
    expect(heard.seconds).toBeCloseTo(47_840 / 16_000, 6)
    expect(heard.tokenizer).toBe('whisper')
    // 40 units a second, with the margin of silence at both ends.
    expect(Math.abs(heard.units.length - 40 * (heard.seconds + 0.3))).toBeLessThanOrEqual(1)
    expect(heard.units.every((unit) => Number.isInteger(unit) && unit >= 0 && unit < 1024)).toBe(true)
    expectInOrder(heard.phones, heard.seconds)
    expectInOrder(heard.words, heard.seconds)
    expect(wordErrorRate('he was not an ill disposed young man', heard.text).rate).toBeLessThanOrEqual(0.5)
    expect(heard.words.map(({ word }) => word).join(' ')).toBe(heard.text)
    expect(Object.keys(heard.timing)).toContain('real_time_factor')
    expect(namesOf(again)).toEqual(namesOf(heard))
    expect(again.units).toEqual(heard.units)
  })

  it('hears what there is of a file that is cut short or damaged, and says so', async () => {
    const place = await makeFolder()
    const [wav, flac] = await Promise.all(
      ['sense-0880.wav', 'sense-0880.flac'].map((name) => readFile(clipPath(name))),
    )
    await writeFile(place('short.wav'), wav.subarray(0, wav.length >> 1))
    await writeFile(place('short.flac'), flac.subarray(0, flac.length >> 1))
    await writeFile(place('damaged.flac'), Buffer.from(flac).fill(7, 20_000, 20_040))
    const paths = [...['short.wav', 'short.flac', 'damaged.flac'].map(place), clipPath('sense-0880.wav')]
    const { files } = await runForJson<Heard>('listen', ...paths, '--json', '--beam', '1')
    expect(files.map(({ cut_short }) => cut_short)).toEqual([true, true, true, false])
    expect(files.map(({ seconds }) => seconds > 0.5 && seconds < 2)).toEqual([true, true, true, false])
    const { code, stderr } = await callConverge('listen', ...paths, '--beam', '1')
    expect(code).toBe(0)
    const lines = stderr.trimEnd().split('\n')
    expect(lines.map((line) => line.replace(/ is damaged or cut short; .*/, ''))).toEqual(
      paths.slice(0, 3).map((path) => `converge: ${path}`),
    )
  })

  it('hears the phones of its own speech', async () => {
    const place = await makeFolder()
    const fox = place('fox.wav')
    const text = 'The quick brown fox jumps over the lazy dog.'
    const options = ['--temperature', '0.5', '--out', fox, '--json']
    const said = await runForJson<{ readonly phones: readonly string[] }>('say', text, ...options)
    const { files } = await runForJson<Heard>('listen', fox, '--json')
    expect(phoneErrorRate(said.phones, namesOf(files[0])).rate).toBeLessThanOrEqual(0.3)
  })

  it('takes the other tokenizer and one history, and prints words and phones for people', async () => {
    const clip = clipPath('sense-0930.wav')
    const { code, stdout, stderr } = await runConverge('listen', clip, '--tokenizer', 'mel', '--beam', '1')
    expect([code, stderr]).toEqual([0, ''])
    const [file, text, phones] = stdout.split('\n')
    expect(file).toBe(clip)
    expect(text).toMatch(/^ {2}[a-z]/i)
    expect(phones.trim().split(' ').length).toBeGreaterThan(10)
  })
})
