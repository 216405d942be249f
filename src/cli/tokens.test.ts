/**
 * `converge tokens`, run as a program: a recording to integers and back to sound that is the same speech.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { decodeWav } from '../speech/4-wave/wav'
import { phoneErrorRate } from '../speech/measure/errorRate'
import { clipPath, makeFolder, runConverge, runForJson } from './testing/run-converge'

interface Tokens {
  readonly frame_rate: number
  readonly codes: number
  readonly units: readonly number[]
  readonly voice: readonly number[]
}
interface Heard {
  readonly files: readonly { readonly phones: readonly { readonly phone: string }[] }[]
}

const CLIP = clipPath('sense-0880.wav')

describe('converge tokens', () => {
  it('goes from a recording to integers and back, and the speech is still there', async () => {
    const place = await makeFolder()
    const { stdout } = await runConverge('tokens', CLIP, '--json')
    const tokens: Tokens = JSON.parse(stdout)
    expect(Object.keys(tokens).sort()).toEqual(['codes', 'frame_rate', 'units', 'voice'])
    expect([tokens.frame_rate, tokens.codes, tokens.voice.length]).toEqual([40, 1024, 32])
    expect(tokens.units.every((unit) => Number.isInteger(unit) && unit >= 0 && unit < 1024)).toBe(true)

    const [saved, sound] = [place('tokens.json'), place('back.wav')]
    await writeFile(saved, stdout)
    const decoded = await runConverge('tokens', '--decode', saved, '--out', sound)
    expect(decoded).toMatchObject({ code: 0, stderr: '' })
    const { channels } = decodeWav(new Uint8Array(await readFile(sound)))
    expect(channels[0].length).toBe(tokens.units.length * 600)

    const { files } = await runForJson<Heard>('listen', CLIP, sound, '--json')
    const [before, after] = files.map(({ phones }) => phones.map(({ phone }) => phone))
    expect(phoneErrorRate(before, after).rate).toBeLessThan(0.5)
  })

  it('gives the same integers another voice', async () => {
    const place = await makeFolder()
    const saved = place('units.json')
    const { units } = await runForJson<Tokens>('tokens', CLIP, '--json')
    await writeFile(saved, JSON.stringify({ units }))
    const nameless = await runConverge('tokens', '--decode', saved, '--out', place('x.wav'))
    expect(nameless.code).toBe(2)
    expect(nameless.stderr).toContain('--voice')
    const voices = ['af_heart', 'am_michael']
    for (const voice of voices) {
      const ended = await runConverge(
        'tokens',
        '--decode',
        saved,
        '--voice',
        voice,
        '--out',
        place(`${voice}.wav`),
      )
      expect(ended.code).toBe(0)
    }
    const [heart, michael] = await Promise.all(voices.map((voice) => readFile(place(`${voice}.wav`))))
    expect(michael.length).toBe(heart.length)
    expect(michael.equals(heart)).toBe(false)
  })
})
