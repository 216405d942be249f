/**
 * Chances: the inside of a take and of listening. Every step's distribution, re-weighted on the page alone; another token
 * heard in its place, and what each digit of a unit does.
 */
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { goToStep, options, pickLast, stepSlider, stepText } from './chances-parts'
import { button, clipPath, eventually, hear, modelsReady, openTab, say, setSeed } from './parts'
import { pngFacts } from './png-facts'
import { installSoundProbe, playedCount } from './sound-probe'
import { allStepsRead, lookInsideSpoken } from './takes-parts'

const TEXT = 'Good morning.'
const STEP = 20

let page: Page
test.beforeAll(async ({ browser }) => {
  // axe asks for a context of its own.
  page = await (await browser.newContext()).newPage()
  await installSoundProbe(page)
  // Counts what the page asks of its workers.
  await page.addInitScript(() => {
    const counted = window as unknown as { asked: number }
    counted.asked = 0
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (...message: [unknown]) {
      counted.asked += 1
      post.apply(this, message)
    }
  })
  await page.goto('/')
  await modelsReady(page)
  await setSeed(page, 5)
  await say(page, TEXT)
  await lookInsideSpoken(page)
})
test.afterAll(() => page.context().close())

const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked)
const shaped = () =>
  options(page).evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-shaped'))))

test('steps by button and by key; the drawn token is picked and marked', async () => {
  await goToStep(page, STEP)
  await button(page, 'Step forward').click()
  await expect(stepText(page)).toContainText(`Step ${STEP + 2} of`)
  await stepSlider(page).press('ArrowLeft')
  await expect(stepText(page)).toContainText(`Step ${STEP + 1} of`)
  const drawn = options(page).and(page.locator('[aria-selected=true]'))
  await expect(drawn).toHaveAccessibleName(/, drawn, score /)
  const units = options(page).filter({ has: page.locator('.chance-swatch[style*=background]') })
  await expect(units).toHaveCount(40)
  await expect(page.getByRole('img', { name: /steps, mean entropy/ })).toBeVisible()
})

test('temperature and cuts change the bars at once, without asking a worker', async () => {
  await goToStep(page, STEP)
  const before = await shaped()
  const count = await asked()
  await page.getByRole('slider', { name: 'Temperature' }).fill('0.2')
  const cold = await shaped()
  expect(Math.max(...cold)).toBeGreaterThan(Math.max(...before))
  await page.getByRole('slider', { name: 'Temperature' }).fill('1.5')
  expect(Math.max(...(await shaped()))).toBeLessThan(Math.max(...before))
  await page.getByRole('slider', { name: 'Top-k' }).fill('5')
  expect((await shaped()).filter((chance) => chance > 0)).toHaveLength(5)
  await expect(page.getByText(/^cuts [\d,]+ tokens, [\d.]+ %$/)).toBeVisible()
  await button(page, 'As the model thinks').click()
  await page.getByRole('slider', { name: 'Temperature' }).fill('0.7')
  expect(await shaped()).toEqual(before)
  expect(await asked()).toBe(count)
})

test('the bars and the curves are saved as pictures and as numbers', async () => {
  await goToStep(page, STEP)
  for (const title of ['Chances at this step', 'Entropy and surprise along the take']) {
    for (const [ending, head] of [
      ['SVG', /^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/],
      ['CSV', /^(Token|Step),[^\r]+\r\n/],
    ] as const) {
      const arriving = page.waitForEvent('download')
      await button(page, `${title} as ${ending}`).click()
      expect(await readFile(await (await arriving).path(), 'utf8')).toMatch(head)
    }
    const arriving = page.waitForEvent('download')
    await button(page, `${title} as PNG`).click()
    const { width, colors } = await pngFacts(page, await readFile(await (await arriving).path()))
    expect(width).toBeGreaterThan(1000)
    expect(colors).toBeGreaterThan(5)
  }
})

test('an alternative is picked by key, heard in its place, and its digits are heard', async () => {
  await goToStep(page, STEP)
  const unit = await pickLast(page)
  await expect(page.getByRole('heading', { name: `Unit ${unit}`, exact: true })).toBeVisible()
  for (const [name, samples] of [
    ['Listen to this alternative', 10_000],
    [`Hear unit ${unit} held`, 12 * 600],
    ['Hear digit 2 go through its levels', 4 * 10 * 600],
  ] as const) {
    const before = await playedCount(page)
    await button(page, name).click()
    await eventually(async () => (await playedCount(page)) - before).toBeGreaterThanOrEqual(samples)
  }
  const before = await playedCount(page)
  await button(page, 'Play from here').click()
  await eventually(async () => (await playedCount(page)) - before).toBeGreaterThan(1000)
})

test('a unit shows what each of its digits does, in numbers that the table and the picture share', async () => {
  await goToStep(page, STEP)
  const unit = await pickLast(page)
  const title = `What the digits of unit ${unit} do`
  const plot = page.getByRole('figure', { name: title })
  await expect(plot.getByRole('img', { name: /digit [1-5] moves the loudness most/ })).toBeVisible()
  await button(page, `${title} as a table`).click()
  const rows = await page
    .getByRole('region', { name: `${title}: table` })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')))
  expect(rows).toHaveLength(20)
  const itself = rows.filter((cells) => Number(cells[2]) === unit)
  expect(itself).toHaveLength(5)
  for (const cells of itself) expect(cells.slice(3)).toEqual(itself[0].slice(3))
  const loudness = rows.map((cells) => Number(cells[3]))
  expect(Math.max(...loudness) - Math.min(...loudness)).toBeGreaterThan(3)
  await button(page, `${title} as a table`).click()
})

test('what it thought while listening: hear on, or say a phone, and the rivals', async () => {
  await openTab(page, 'Listen')
  await hear(page, clipPath('sense-0880.wav'))
  await button(page, 'Look inside').click()
  await allStepsRead(page)
  await expect(page.getByTestId('step-sentence')).toContainText(/Hear on with [\d.<> ]+ %, or say a phone/)
  await expect(page.getByRole('group', { name: 'Say a phone' }).getByRole('option').first()).toBeVisible()
  // The unit that it went on to hear, in the voice that would speak now.
  await expect(page.getByRole('figure', { name: /^What the digits of unit \d+ do$/ })).toBeVisible()
})

async function expectNoFindings(): Promise<void> {
  for (const theme of ['Light', 'Dark']) {
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText(theme, { exact: true }).click()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`)).toEqual([])
  }
}

test('axe finds nothing in the Chances view, of listening and of a take, in light and dark', async () => {
  await expectNoFindings()
  await lookInsideSpoken(page)
  await goToStep(page, STEP)
  await expect(page.getByRole('slider', { name: 'Temperature' })).toBeVisible()
  await expect(button(page, 'Branch here, same noise')).toBeVisible()
  await expectNoFindings()
})
