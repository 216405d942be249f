/**
 * `--models DIR`: another set of models in the place of the published one. What fits runs; what does not is refused with
 * what was wanted and what was found.
 */
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MODELS_FOLDER } from '../gpu/testing/disk-ladder'
import { parseManifest, type Manifest } from '../speech/manifest'
import { makeFolder, runConverge, runForJson } from './testing/run-converge'

/** The published files under a manifest that was changed. @returns the folder */
async function publishedWith(change: (manifest: Manifest) => unknown): Promise<string> {
  const place = await makeFolder()
  const text = await readFile(join(MODELS_FOLDER, 'manifest.json'), 'utf8')
  const manifest = parseManifest(JSON.parse(text))
  for (const name of Object.keys(manifest.files)) await symlink(join(MODELS_FOLDER, name), place(name))
  await writeFile(place('manifest.json'), JSON.stringify(change(manifest)))
  return place('')
}

const say = (folder: string, ...more: string[]): string[] => [
  'say',
  'Hello.',
  '--models',
  folder,
  '--out',
  join(folder, 'hello.wav'),
  ...more,
]

async function refusalOf(folder: string): Promise<string> {
  const { code, stdout, stderr } = await runConverge(...say(folder))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  return stderr
}

describe('--models', () => {
  it('speaks with the models of a folder, in a voice that is there', async () => {
    const folder = await publishedWith(({ voices, ...manifest }) => ({
      ...manifest,
      voices: { mine: voices['am_michael'] },
      knownAnswer: undefined,
    }))
    const { takes } = await runForJson<{ takes: { seconds: number }[] }>(
      ...say(folder, '--json', '--engine', 'ort'),
    )
    expect(takes[0].seconds).toBeGreaterThan(0.3)
  })

  it('names the file that a folder lacks', async () => {
    const place = await makeFolder()
    expect(await refusalOf(place('nothing'))).toContain('manifest.json is missing')
  })

  it('refuses a manifest that contradicts itself', async () => {
    const folder = await publishedWith((manifest) => ({ ...manifest, codes: 512 }))
    expect(await refusalOf(folder)).toContain('codes is 512, the other fields ask for 1024')
  })

  it('refuses a network of another shape than the manifest says', async () => {
    const folder = await publishedWith((manifest) => ({
      ...manifest,
      decoder: { ...manifest.decoder, phaseBands: 16 },
    }))
    expect(await refusalOf(folder)).toContain('should be 1 × ? × 146; found 1 × ? × 162')
  })

  it('refuses a language model of another size than the manifest says', async () => {
    const folder = await publishedWith((manifest) => ({
      ...manifest,
      lm: { ...manifest.lm, layers: 9 },
    }))
    expect(await refusalOf(folder)).toContain(
      'should be 9 × 2 × ? × 5 × ? × 64; found 8 × 2 × ? × 5 × ? × 64',
    )
  })
})
