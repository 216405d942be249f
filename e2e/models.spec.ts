/**
 * Model files that are not as published: each is named in a sentence, fetched once more, else refused; when the server is
 * right again the page goes on without a reload. And what is kept is not fetched again.
 */
import { expect, test } from '@playwright/test'
import { button, downloadTake, eventually, modelsReady, say, status, textBox } from './parts'
import { openSite, type Answer, type Site } from './site'

const altered = (file: Buffer): Answer => {
  const bytes = Buffer.from(file)
  bytes[bytes.length >> 1] ^= 1
  return { bytes }
}

let site: Site
test.beforeEach(async () => {
  site = await openSite()
})
test.afterEach(() => site.close())

const timesAsked = (name: string): number => site.asked.filter((path) => path === `/models/${name}`).length

const faults: readonly (readonly [what: string, file: string, fault: (file: Buffer) => Answer])[] = [
  ['missing', 'tokenizer-whisper.onnx', () => ({ status: 404 })],
  ['altered by one bit', 'lm.int8.safetensors', altered],
  ['truncated', 'decoder.onnx', (file) => ({ bytes: file.subarray(0, file.length - 7) })],
  ['cut off by a broken line', 'voice.onnx', (file) => ({ cut: file.length >> 1 })],
  ['replaced by a page', 'lexicon.gzip', () => ({ bytes: Buffer.from('<!doctype html><p>Not here') })],
]

for (const [what, file, fault] of faults) {
  test(`a model file that is ${what} is named, fetched once more and refused`, async ({ page }) => {
    site.answer = (path, bytes) => (path === `/models/${file}` ? fault(bytes) : undefined)
    await page.goto(site.url)
    await expect(status(page, 'Engine')).toContainText(file, { timeout: 60_000 })
    expect(timesAsked(file)).toBe(2)
    await textBox(page).fill('What I typed.')
    await button(page, 'Speak').click()
    await expect(page.getByRole('alert').first()).toContainText(file, { timeout: 60_000 })
    await expect(textBox(page)).toHaveValue('What I typed.')

    site.answer = () => undefined
    await button(page, 'Load the models').click()
    await modelsReady(page)
    await say(page, 'What I typed.')
  })
}

test('a file that is damaged on the way once heals without a word', async ({ page }) => {
  site.answer = (path, file, attempt) =>
    path === '/models/decoder.onnx' && attempt === 1 ? altered(file) : undefined
  await page.goto(site.url)
  await modelsReady(page)
  expect(timesAsked('decoder.onnx')).toBe(2)
  await expect(page.getByRole('alert').getByRole('paragraph')).toHaveCount(0)
})

test('a second visit fetches the manifest alone, and speaks the same', async ({ page }) => {
  // Whether the browser agrees is its own matter.
  await page.addInitScript(() => {
    const counted = window as unknown as { asked: number }
    counted.asked = 0
    navigator.storage.persist = async () => {
      counted.asked += 1
      return false
    }
  })
  await page.goto(site.url)
  await modelsReady(page)
  await eventually(() => page.evaluate(() => (window as unknown as { asked: number }).asked)).toBe(1)
  await say(page, 'Kept.')
  const first = await downloadTake(page)
  const models = site.asked.filter((path) => path.startsWith('/models/'))
  expect(new Set(models).size).toBeGreaterThan(4)
  site.asked.length = 0
  await page.reload()
  await modelsReady(page)
  const again = site.asked.filter((path) => path.startsWith('/models/'))
  expect(new Set(again)).toEqual(new Set(['/models/manifest.json']))
  await say(page, 'Kept.')
  expect((await downloadTake(page)).bytes.equals(first.bytes)).toBe(true)
})

test('a kept copy that was damaged on disk is fetched anew', async ({ page }) => {
  await page.goto(site.url)
  await modelsReady(page)
  await page.evaluate(async () => {
    const cache = await caches.open('converge-models')
    const key = (await cache.keys()).find(({ url }) => url.includes('decoder.onnx'))
    if (!key) throw new Error('the decoder is not kept')
    await cache.put(key, new Response(new Uint8Array(1000)))
  })
  site.asked.length = 0
  await page.reload()
  await modelsReady(page)
  expect(timesAsked('decoder.onnx')).toBe(1)
  await say(page, 'Whole again.')
})
