/**
 * Bring your own model: `?models=/path/` runs another folder of the same site; what does not fit its manifest, and what is
 * not of this site, is refused with what was wanted and what was found. The files are the published ones at another path,
 * under a manifest of their own.
 */
import { expect, test, type Page } from '@playwright/test'
import type { Manifest } from '../src/speech/manifest'
import { modelsReady, say, status, untilSays } from './parts'
import { openSite, type Site } from './site'

let site: Site
test.beforeEach(async () => {
  site = await openSite()
  site.place = (path) => path.replace(/^\/mine\//, '/models/')
})
test.afterEach(() => site.close())

function changeManifest(change: (manifest: Manifest) => unknown): void {
  site.answer = (path, file) =>
    path === '/mine/manifest.json'
      ? { bytes: Buffer.from(JSON.stringify(change(JSON.parse(file.toString('utf8'))))) }
      : undefined
}

const open = (page: Page, models: string): Promise<unknown> => page.goto(`${site.url}?models=${models}`)

test('another folder speaks in its own voice, and the published one is not asked for', async ({ page }) => {
  changeManifest(({ voices, ...manifest }) => ({
    ...manifest,
    voices: { own_voice: { ...voices.am_michael, description: 'my own' } },
    knownAnswer: undefined,
  }))
  await open(page, '/mine')
  await modelsReady(page)
  await say(page, 'These are my own models.')
  await untilSays(status(page, 'Speaking'), 'Done')
  expect(site.asked.filter((path) => path.startsWith('/models/'))).toEqual([])
  expect(site.asked).toContain('/mine/lm.int8.safetensors')
})

test('one tokenizer is enough', async ({ page }) => {
  changeManifest((manifest) => {
    const files = Object.entries(manifest.files).filter(([name]) => name !== 'tokenizer-whisper.onnx')
    return { ...manifest, files: Object.fromEntries(files) }
  })
  await open(page, '/mine/')
  await modelsReady(page)
  expect(site.asked).toContain('/mine/tokenizer-mel.onnx')
  await say(page, 'One is enough.')
})

test('a network that does not fit its manifest is refused with both shapes', async ({ page }) => {
  changeManifest((manifest) => ({ ...manifest, decoder: { ...manifest.decoder, phaseBands: 16 } }))
  await open(page, '/mine/')
  await expect(status(page, 'Engine')).toContainText('should be 1 × ? × 146; found 1 × ? × 162')
})

test('a manifest that contradicts itself is refused', async ({ page }) => {
  changeManifest((manifest) => ({ ...manifest, fsqLevels: [4, 4, 4] }))
  await open(page, '/mine/')
  await expect(status(page, 'Engine')).toContainText('codes is 1024, the other fields ask for 64')
})

test('models of another site are refused', async ({ page }) => {
  await open(page, encodeURIComponent('https://example.org/models/'))
  await expect(status(page, 'Engine')).toContainText('can only come from this site')
})
