/**
 * What was heard, put to use: files of it that parse back to what is on the screen, a transcript it is measured against,
 * words with their rivals, both tokenizers, and saying it back.
 */
import { readFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import {
  button,
  clipPath,
  eventually,
  hear,
  heardPhones,
  modelsReady,
  openTab,
  status,
  untilSays,
} from './parts'
import { installSoundProbe, playedCount } from './sound-probe'

const CLIP = 'sense-0930.wav'
const transcripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(clipPath('transcripts.json'), 'utf8'),
)
const words = (page: Page) => page.getByRole('listbox', { name: 'Words' }).getByRole('option')

let page: Page
let shown: string[]
let phones: string[]
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  page = await context.newPage()
  await installSoundProbe(page)
  await page.goto('/')
  await openTab(page, 'Listen')
  await modelsReady(page)
  await hear(page, clipPath(CLIP))
  shown = await words(page).allInnerTexts()
  phones = await heardPhones(page)
})
test.afterAll(() => page.context().close())

async function save(format: string): Promise<{ name: string; text: string }> {
  await button(page, 'Save as').click()
  const arriving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: format, exact: true }).click()
  const download = await arriving
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

test('text: the words, a line between pauses', async () => {
  const { name, text } = await save('Text')
  expect(name).toBe('sense-0930_whisper.txt')
  expect(text.split(/\s+/).filter(Boolean)).toEqual(shown)
})

for (const [format, extension, arrow] of [
  ['SRT', 'srt', /^(\d+):(\d+):(\d+),(\d+) --> (\d+):(\d+):(\d+),(\d+)$/],
  ['WebVTT', 'vtt', /^(\d+):(\d+):(\d+)\.(\d+) --> (\d+):(\d+):(\d+)\.(\d+)$/],
] as const) {
  test(`${format}: cues in order, all words in them`, async () => {
    const { name, text } = await save(format)
    expect(name).toBe(`sense-0930_whisper.${extension}`)
    const lines = text.split('\n')
    const times = lines.flatMap((line) => {
      const found = arrow.exec(line)?.slice(1).map(Number)
      const toMs = (at: number) =>
        found ? ((found[at] * 60 + found[at + 1]) * 60 + found[at + 2]) * 1000 + found[at + 3] : 0
      return found ? [[toMs(0), toMs(4)]] : []
    })
    expect(times.length).toBeGreaterThan(0)
    expect(times.flat()).toEqual(times.flat().toSorted((a, b) => a - b))
    const said = lines.filter((line) => line !== 'WEBVTT' && !/^\d+$/.test(line) && !arrow.test(line))
    expect(said.join(' ').split(/\s+/).filter(Boolean)).toEqual(shown)
  })
}

test('TextGrid: three tiers over the whole recording, without a gap', async () => {
  const { name, text } = await save('TextGrid')
  expect(name).toBe('sense-0930_whisper.TextGrid')
  const tiers = text.split(/item \[\d+\]:/).slice(1)
  expect(tiers.map((tier) => /name = "(.*)"/.exec(tier)?.[1])).toEqual(['words', 'phones', 'units'])
  const intervals = tiers.map((tier) =>
    [...tier.matchAll(/intervals \[\d+\]:\s+xmin = (\S+)\s+xmax = (\S+)\s+text = "(.*)"/g)].map(
      ([, start, end, label]) => ({ start: Number(start), end: Number(end), label }),
    ),
  )
  for (const tier of intervals) {
    expect(tier[0].start).toBe(0)
    expect(tier.slice(1).map(({ start }) => start)).toEqual(tier.slice(0, -1).map(({ end }) => end))
  }
  expect(intervals[0].map(({ label }) => label).filter(Boolean)).toEqual(shown)
  expect(intervals[1].map(({ label }) => label).filter((label) => /^[A-Z]/.test(label))).toEqual(
    phones.filter((phone) => /^[A-Z]/.test(phone)),
  )
  expect(intervals[2].every(({ label }) => label === '' || /^\d+$/.test(label))).toBe(true)
})

test('CSV: every word with its probability', async () => {
  const { text } = await save('CSV')
  const [header, ...rows] = text.trimEnd().split('\r\n')
  expect(header).toBe('tier,label,start_seconds,end_seconds,probability,rivals')
  const cells = rows.map((row) => row.split(','))
  expect(cells.filter(([tier]) => tier === 'words').map(([, label]) => label)).toEqual(shown)
  for (const [tier, , start, end, probability] of cells) {
    expect(Number(end)).toBeGreaterThanOrEqual(Number(start))
    if (tier !== 'units') expect(Number(probability)).toBeGreaterThan(0)
  }
})

test('JSON: words with rivals, phones, units, readings', async () => {
  const heard: {
    text: string
    tokenizer: string
    words: { word: string; probability: number; rivals: { word: string; probability: number }[] }[]
    tiers: { name: string; labels: unknown[] }[]
    readings: unknown[]
  } = JSON.parse((await save('JSON')).text)
  expect(heard.words.map(({ word }) => word)).toEqual(shown)
  expect(heard.text).toBe(shown.join(' '))
  expect(heard.words.some(({ rivals }) => rivals.length > 0)).toBe(true)
  expect(heard.tiers.map(({ name }) => name)).toEqual(['words', 'phones', 'units'])
  expect(heard.readings.length).toBeGreaterThan(0)
})

test('a word tells how sure it is and what else it might be; it plays alone', async () => {
  const before = await playedCount(page)
  await words(page).first().click()
  await expect(page.getByTestId('heard-rivals')).toContainText(`${shown[0]} `)
  await expect(page.getByTestId('heard-rivals')).toContainText(/\d+ %/)
  await expect(words(page).first()).toHaveAttribute('aria-label', /% sure, [\d.]+ to [\d.]+ seconds/)
  await eventually(() => playedCount(page)).toBeGreaterThan(before)
  const list = page.getByRole('listbox', { name: 'Words' })
  await list.press('ArrowRight')
  await expect(words(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await list.press('End')
  await expect(words(page).last()).toHaveAttribute('aria-selected', 'true')
})

test('a transcript gives word and phone error rates, with the alignment as text and as a table', async () => {
  await page.getByRole('textbox', { name: 'What was said' }).fill(transcripts[CLIP])
  await button(page, 'Compare').click()
  const rate = page.getByTestId('rate-word')
  await expect(rate).toHaveText(/^\d+\.\d %$/)
  await expect(page.getByTestId('rate-phone')).toHaveText(/^\d+\.\d %$/)
  await button(page, 'Word error rate, place by place as a table').click()
  const rows = page.getByRole('table').getByRole('row')
  expect(await rows.count()).toBeGreaterThan(shown.length / 2)
  const verdicts = await page.getByRole('table').locator('td:last-child').allInnerTexts()
  const errors = verdicts.filter((verdict) => verdict !== 'right').length
  const length = verdicts.filter((verdict) => verdict !== 'added').length
  expect(await rate.innerText()).toBe(`${((100 * errors) / length).toFixed(1)} %`)
})

test('a perfect transcript has no errors; an empty one asks for nothing', async () => {
  await page.getByRole('textbox', { name: 'What was said' }).fill(shown.join(' '))
  await button(page, 'Compare').click()
  await expect(page.getByTestId('rate-word')).toHaveText('0.0 %')
  await expect(page.getByRole('status', { name: 'Comparing' })).toContainText('Compared: 0.0 % of the words')
  await page.getByRole('textbox', { name: 'What was said' }).fill('')
  await expect(page.getByTestId('rate-word')).toHaveCount(0)
  await expect(button(page, 'Compare')).toBeDisabled()
})

test('both tokenizers side by side', async () => {
  await page.getByRole('button', { name: /Hear it with the other tokenizer too/ }).click()
  await expect(page.getByTestId('heard-by-whisper')).toHaveText(shown.join(' '), { timeout: 120_000 })
  await expect(page.getByTestId('heard-by-mel')).not.toBeEmpty()
  expect(await words(page).allInnerTexts()).toEqual(shown)
})

test('said back in another voice: the same integers, then the same words', async () => {
  for (const way of ['Same integers, this voice', 'Same words, spoken anew']) {
    const before = await playedCount(page)
    await button(page, way).click()
    await expect(page.getByRole('button', { name: `Download WAV: ${way}` })).toBeVisible({ timeout: 120_000 })
    await eventually(() => playedCount(page)).toBeGreaterThan(before + 12_000)
  }
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${theme}`, async () => {
    await page.emulateMedia({ colorScheme: theme })
    await untilSays(status(page, 'Listening'), 'Done:')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
}

test('at 320 px nothing overflows', async () => {
  await page.setViewportSize({ width: 320, height: 800 })
  // The rows measure themselves after the window has changed.
  await expect
    .poll(() =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    )
    .toBeLessThanOrEqual(0)
})
