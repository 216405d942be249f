/**
 * Usable by everybody: axe finds nothing in the views with results and with errors, in what unfolds and in what lies over the
 * page (lists, takes, lessons and Chances have it in specs of their own); what is common is done with the keyboard; nothing
 * sounds by itself, and something can be heard before any model is there.
 */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test'
import {
  button,
  clipPath,
  downloadTake,
  errorNote,
  eventually,
  hear,
  modelsReady,
  openTab,
  phoneCells,
  say,
  status,
  textBox,
  untilSays,
} from './parts'
import { openSite } from './site'
import { installSoundProbe, playedCount } from './sound-probe'

async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  )
}

const chooseTheme = (page: Page, name: 'Light' | 'Dark'): Promise<void> =>
  page.getByRole('radiogroup', { name: 'Theme' }).getByText(name, { exact: true }).click()

/** The page may be as wide as the window, no wider. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const width of [1280, 360]) {
  test.describe(`at a width of ${width}`, () => {
    let context: BrowserContext
    let page: Page
    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext({ viewport: { width, height: 900 } })
      page = await context.newPage()
      await page.goto('/')
      await modelsReady(page)
    })
    test.afterAll(() => context.close())

    for (const theme of ['Light', 'Dark'] as const) {
      test(`axe finds nothing in either view, with results and with errors, ${theme}`, async () => {
        await chooseTheme(page, theme)
        await openTab(page, 'Speak')
        await say(page, 'A gerlich fox 🦊.')
        expect(await axeFindings(page), 'with a take').toEqual([])
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        await textBox(page).fill('')
        await button(page, 'Speak').click()
        await expect(errorNote(page)).toBeVisible()
        expect(await axeFindings(page), 'with an error').toEqual([])

        await openTab(page, 'Listen')
        await hear(page, clipPath('sense-0880.wav'))
        expect(await axeFindings(page), 'with what was heard').toEqual([])
        expect(await overflow(page)).toBeLessThanOrEqual(0)
        await page.getByLabel('Open recording').setInputFiles({
          name: 'no.wav',
          mimeType: 'audio/wav',
          buffer: Buffer.alloc(0),
        })
        await expect(errorNote(page)).toBeVisible()
        expect(await axeFindings(page), 'with an unreadable file').toEqual([])
      })
    }

    test('axe finds nothing in what unfolds and in what lies over the page', async () => {
      await openTab(page, 'Speak')
      await button(page, 'Shape the voice').click()
      await button(page, 'Mix in a second voice').click()
      expect(await axeFindings(page), 'the voice, mixed').toEqual([])
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      await page
        .getByRole('button', { name: /^Take .* out of the mix$/ })
        .first()
        .click()
      await button(page, 'Shape the voice').click()
      for (const menu of ['Lessons', 'Share']) {
        await button(page, menu).click()
        await expect(page.getByRole('menu')).toBeVisible()
        expect(await axeFindings(page), menu).toEqual([])
        if (menu === 'Lessons') await page.keyboard.press('Escape')
      }
      await page.getByRole('menuitem', { name: /^Hide controls/ }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await axeFindings(page), 'hiding').toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await page.getByRole('button', { name: /Voice$/ }).click()
      await expect(page.getByRole('option', { name: /Michael/ })).toBeVisible()
      expect(await axeFindings(page), 'voices').toEqual([])
      await page.keyboard.press('Escape')
      await button(page, 'Keyboard help').click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await axeFindings(page), 'help').toEqual([])
      await page.keyboard.press('Escape')
    })
  })
}

test('at 320 px nothing is wider than the window, whatever is long', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  await page.goto('/')
  await modelsReady(page)
  const word = 'w'.repeat(45)
  await button(page, 'Phones').click()
  await say(page, `${word} is long.`)
  await page.getByRole('radiogroup', { name: 'Word to edit' }).getByRole('radio').first().click()
  await eventually(() => overflow(page)).toBeLessThanOrEqual(0)
  await openTab(page, 'Listen')
  const buffer = readFileSync(clipPath('sense-0880.wav'))
  await hear(page, { name: `${'long'.repeat(12)}.wav`, mimeType: 'audio/wav', buffer })
  await page.getByRole('textbox', { name: 'What was said' }).fill(word)
  await button(page, 'Compare').click()
  await expect(page.getByTestId('rate-word')).toBeVisible()
  await eventually(() => overflow(page)).toBeLessThanOrEqual(0)
  await button(page, 'Look inside').click()
  await expect(page.getByRole('figure', { name: /long.*long/ })).toBeVisible()
  await eventually(() => overflow(page)).toBeLessThanOrEqual(0)
})

test('in colours that the system forces, what is chosen looks otherwise than what is not', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/')
  const look = (locator: Locator, property: string, pseudo?: string) =>
    locator.evaluate((element, [name, part]) => getComputedStyle(element, part).getPropertyValue(name), [
      property,
      pseudo,
    ] as const)
  const ground = await look(page.locator('.card').first(), 'background-color')
  const tab = (name: string) => look(page.getByRole('tab', { name }), 'border-bottom-color')
  expect(await tab('Speak')).not.toBe(await tab('Listen'))
  const theme = (name: string) => look(page.locator('.segment').filter({ hasText: name }), 'background-color')
  expect(await theme('System')).not.toBe(await theme('Dark'))
  const slider = page.locator('.temperature')
  const track = await look(slider.locator('.slider-track'), 'background-color', '::before')
  const fill = await look(slider.locator('.slider-fill'), 'background-color')
  expect(new Set([ground, track, fill]).size).toBe(3)
  await button(page, 'Shape the voice').click()
  const check = page.locator('.check')
  await expect(check.locator('.icon')).toBeHidden()
  await check.click()
  await expect(check.locator('.icon')).toBeVisible()
})

test('pictures are as sharp as the screen, also when that changes', async ({ page, context }) => {
  await page.goto('/')
  const canvases = page.locator('canvas.desk-canvas')
  await expect(canvases.first()).toBeVisible()
  const ratios = () =>
    canvases.evaluateAll((all) =>
      all.map(
        (each) => each instanceof HTMLCanvasElement && Math.round((100 * each.width) / each.clientWidth),
      ),
    )
  await eventually(ratios).toEqual([100, 100, 100])
  const session = await context.newCDPSession(page)
  // With another height, since Chromium tells of no other ratio alone when it is set from here.
  const screen = { width: 1280, height: 730, mobile: false, deviceScaleFactor: 2 }
  await session.send('Emulation.setDeviceMetricsOverride', screen)
  await eventually(ratios).toEqual([200, 200, 200])
})

/** Walks on with the Tab key until the thing has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element.contains(document.activeElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not reach ${String(wanted)}`)
}

test('with the keyboard alone: type, set, speak, walk through the take, go to the other view', async ({
  page,
}) => {
  await page.goto('/')
  await modelsReady(page)
  await tabTo(page, textBox(page))
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Keys are enough.')
  const temperature = page.getByRole('slider', { name: 'Temperature' })
  await tabTo(page, temperature)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(temperature).toHaveValue('0.6')
  await tabTo(page, button(page, 'Speak'))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Heart, temperature 0.60, seed 1')).toBeVisible({ timeout: 120_000 })
  await untilSays(status(page, 'Speaking'), 'Done:')
  await expect(button(page, 'Play')).toBeVisible()

  const playhead = page.getByRole('slider', { name: 'Playhead' })
  const at = async () => Number(await playhead.getAttribute('aria-valuenow'))
  await tabTo(page, playhead)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await eventually(at).toBeCloseTo(0.2, 3)
  await expect(playhead).toHaveAttribute('aria-valuetext', /^0\.20 of [\d.]+ seconds, phone .+, unit \d+$/)

  const phones = page.getByRole('listbox', { name: 'Phones' })
  await tabTo(page, phones)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(phones.getByRole('option', { selected: true })).toHaveAttribute('data-phone', 'IY1')

  await page.keyboard.press('Alt+2')
  await expect(page.getByRole('tab', { name: 'Listen' })).toHaveAttribute('aria-selected', 'true')
  const tab = page.getByRole('tab', { selected: true })
  await tab.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'Speak' })).toHaveAttribute('aria-selected', 'true')
  await expect(textBox(page)).toHaveValue('Keys are enough.')
})

test('an example can be seen and heard before any model is there, and nothing sounds by itself', async ({
  page,
}) => {
  const site = await openSite()
  site.answer = (path) => (path.startsWith('/models/') ? { status: 503 } : undefined)
  await installSoundProbe(page)
  await page.goto(site.url)
  await expect(button(page, 'Play')).toBeVisible()
  expect(await phoneCells(page).count()).toBeGreaterThan(5)
  await expect(button(page, 'Load the models')).toBeVisible()
  expect(await playedCount(page)).toBe(0)
  const stored = await downloadTake(page)
  await button(page, 'Play').click()
  await expect(button(page, 'Pause')).toBeVisible()
  await expect(button(page, 'Play')).toBeVisible()
  expect(await playedCount(page)).toBe((stored.bytes.length - 44) / 2)
  await site.close()
})

test('nothing sounds by itself when the models are there', async ({ page }) => {
  await installSoundProbe(page)
  await page.goto('/')
  await modelsReady(page)
  await openTab(page, 'Listen')
  await openTab(page, 'Speak')
  expect(await playedCount(page)).toBe(0)
})
