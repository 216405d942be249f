/**
 * Several files at once: a list with progress, results that are kept and found, error rates with a total, stopping and
 * going on; two hours in windows; damaged files among sound ones.
 */
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { decodeWav } from '../src/speech/4-wave/wav'
import { mutate } from '../src/speech/testing/mutants'
import { seededRandom } from '../src/speech/testing/random'
import { pcmData, wavFile } from './made-sounds'
import { button, clipPath, errorNote, hear, modelsReady, openTab, status, untilSays } from './parts'

const CLIPS = ['sense-0880.wav', 'sense-0890.wav', 'sense-0930.wav']
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const heardStatus = (page: Page) => page.getByRole('status', { name: 'Files heard' })
const choose = (page: Page, files: Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0]) =>
  page.getByLabel('Open recording').setInputFiles(files)

let page: Page
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  page = await context.newPage()
  await page.goto('/')
  await openTab(page, 'Listen')
  await modelsReady(page)
})
test.afterAll(() => page.context().close())

test('three files with their transcripts: each heard and measured, and a total', async () => {
  await choose(page, [...CLIPS, 'transcripts.json'].map(clipPath))
  await untilSays(heardStatus(page), 'Done: 3 of 3 heard', 180_000)
  await expect(heardStatus(page)).toHaveText('Done: 3 of 3 heard')
  const counts: number[][] = []
  for (const name of CLIPS) {
    const rates = await row(page, name).locator('td.files-number .hint').allInnerTexts()
    expect(rates).toHaveLength(2)
    counts.push(rates.flatMap((rate) => rate.split('/').map(Number)))
  }
  const total = await row(page, 'Total').locator('td.files-number .hint').allInnerTexts()
  const sums = counts[0].map((_, i) => counts.reduce((sum, count) => sum + count[i], 0))
  expect(total.flatMap((rate) => rate.split('/').map(Number))).toEqual(sums)
})

test('words are found, in files and in the table that is saved', async () => {
  const text = await row(page, CLIPS[1]).locator('.files-text').innerText()
  const [longest] = text.split(' ').toSorted((a, b) => b.length - a.length)
  await page.getByRole('searchbox', { name: 'Find words' }).fill(longest)
  await expect(row(page, CLIPS[1]).locator('mark')).toHaveText(longest)
  await page.getByRole('searchbox', { name: 'Find words' }).fill('no such words anywhere')
  await expect(row(page, 'Total')).toContainText('found in 0 of 3')
  await page.getByRole('searchbox', { name: 'Find words' }).fill('')
  const arriving = page.waitForEvent('download')
  await button(page, 'Save table').click()
  const csv = await readFile(await (await arriving).path(), 'utf8')
  const lines = csv.trimEnd().split('\r\n')
  expect(lines.map((line) => line.split(',')[0])).toEqual(['file', ...CLIPS, 'total'])
})

test('a file of the list opens with what was heard, at once', async () => {
  const text = await row(page, CLIPS[0]).locator('.files-text').innerText()
  await button(page, `Open ${CLIPS[0]}`).click()
  await expect(page.getByRole('listbox', { name: 'Words' })).toHaveText(text)
  await expect(page.getByText(new RegExp(`^${CLIPS[0]}, `))).toBeVisible()
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the list, ${theme}`, async () => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).include('[aria-label=Files]').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
}

test('stopped, the list keeps what was heard and goes on when asked', async () => {
  await button(page, 'Clear list').click()
  await choose(page, CLIPS.map(clipPath))
  await untilSays(heardStatus(page), '1 of 3 heard')
  await button(page, 'Stop').click()
  await expect(button(page, 'Go on')).toBeVisible()
  await expect(heardStatus(page)).toHaveText(/^Stopped: [12] of 3 heard$/)
  const kept = await row(page, CLIPS[0]).innerText()
  expect(kept).toMatch(/[a-z]{2,} [a-z]{2,}/)
  await button(page, 'Go on').click()
  await untilSays(heardStatus(page), 'Done: 3 of 3 heard', 180_000)
  await expect(heardStatus(page)).toHaveText('Done: 3 of 3 heard')
  expect(await row(page, CLIPS[0]).innerText()).toBe(kept)
})

test('damaged files: each a result or a sentence, and the page goes on', async () => {
  await button(page, 'Clear list').click()
  const original = new Uint8Array(readFileSync(clipPath('sense-0880.wav')))
  const mutants = Array.from({ length: 12 }, (_, i) => ({
    name: `mutant-${i + 1}.wav`,
    mimeType: 'audio/wav',
    buffer: Buffer.from(mutate(original, seededRandom(9000 + i))),
  }))
  await choose(page, mutants)
  await untilSays(heardStatus(page), 'Done: ', 170_000)
  const failures = await page.locator('.files-failed').allInnerTexts()
  const failed = failures.length > 0 ? `, ${failures.length} could not be read` : ''
  await expect(heardStatus(page)).toHaveText(`Done: ${12 - failures.length} of 12 heard${failed}`)
  for (const sentence of failures) {
    expect(sentence).toMatch(/^[A-Z].{15,}[.)]$/)
    expect(sentence).not.toContain('Something went wrong inside')
  }
  await button(page, 'Clear list').click()
  await hear(page, clipPath('sense-0880.wav'))
  await expect(errorNote(page)).toHaveCount(0)
})

test('two hours are heard in windows: words where somebody speaks, at both ends', async () => {
  test.setTimeout(400_000)
  const rateHz = 8000
  const clip = decodeWav(new Uint8Array(readFileSync(clipPath('sense-0890.wav'))))
  const speech = pcmData(clip.channels[0], clip.sampleRateHz, rateHz)
  const data = Buffer.alloc(2 * 3600 * rateHz * 2)
  speech.copy(data, 20 * rateHz * 2)
  const last = 2 * 3600 - 40
  speech.copy(data, last * rateHz * 2)
  const { buffer } = wavFile('two-hours.wav', { rateHz }, data)
  const path = test.info().outputPath('two-hours.wav')
  await writeFile(path, buffer)
  await choose(page, path)
  await expect(page.getByText('two-hours.wav, 2:00:00')).toBeVisible({ timeout: 120_000 })
  await untilSays(status(page, 'Listening'), 'Done:', 300_000)
  const labels = await page
    .getByRole('listbox', { name: 'Words' })
    .getByRole('option')
    .evaluateAll((options) => options.map((option) => option.ariaLabel ?? ''))
  const starts = labels.map((label) => Number(/ ([\d.]+) to/.exec(label)?.[1]))
  expect(starts.length).toBeGreaterThan(4)
  expect(starts.every((at) => (at > 18 && at < 35) || (at > last - 2 && at < last + 15))).toBe(true)
  expect(starts[0]).toBeLessThan(35)
  expect(starts.at(-1)).toBeGreaterThan(last - 2)
})
