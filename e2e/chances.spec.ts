/**
 * Chances: the inside of a take. Every step's distribution, re-weighted on the page alone; another token heard in its
 * place, and forced: the branch is what a run from the beginning gives with that token.
 */
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { planToRule, type PlacedToken } from '../src/speech/3-units/streams'
import { createVocabulary } from '../src/speech/3-units/vocabulary'
import { createWasmLm } from '../src/gpu/wasm/lm'
import { parseManifest } from '../src/speech/manifest'
import {
  button,
  clipPath,
  errorNote,
  eventually,
  hear,
  modelsReady,
  openTab,
  say,
  setSeed,
  shownPhones,
  textBox,
  untilSays,
} from './parts'
import { pngFacts } from './png-facts'
import { installSoundProbe, playedCount } from './sound-probe'
import { allStepsRead, chancesStatus, drawGrid, figuresTable, lookInsideSpoken, setGrid } from './takes-parts'

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
const options = () => page.getByRole('listbox', { name: 'Chances at this step' }).getByRole('option')
const stepText = () => page.getByRole('status', { name: 'Step in view' })
const shaped = () => options().evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-shaped'))))

async function goToStep(step: number): Promise<void> {
  await page.getByRole('slider', { name: 'Step', exact: true }).fill(String(step + 1))
  await expect(stepText()).toContainText(`Step ${step + 1} of`)
}

test('steps by button and by key; the drawn token is picked and marked', async () => {
  await goToStep(STEP)
  await button(page, 'Step forward').click()
  await expect(stepText()).toContainText(`Step ${STEP + 2} of`)
  await page.getByRole('slider', { name: 'Step', exact: true }).press('ArrowLeft')
  await expect(stepText()).toContainText(`Step ${STEP + 1} of`)
  const drawn = options().and(page.locator('[aria-selected=true]'))
  await expect(drawn).toHaveAccessibleName(/, drawn, score /)
  const units = options().filter({ has: page.locator('.chance-swatch[style*=background]') })
  await expect(units).toHaveCount(40)
  await expect(page.getByRole('img', { name: /steps, mean entropy/ })).toBeVisible()
})

test('temperature and cuts change the bars at once, without asking a worker', async () => {
  await goToStep(STEP)
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
  await goToStep(STEP)
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
  await goToStep(STEP)
  const list = page.getByRole('listbox', { name: 'Chances at this step' })
  await list.press('End')
  const last = options().last()
  await expect(last).toHaveAttribute('aria-selected', 'true')
  const unit = /unit (\d+)/.exec((await last.getAttribute('aria-label')) ?? '')?.[1]
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

/** The units of a run from the beginning with one token forced, in Node, on the engine that the browser has. */
async function freshRun(phones: readonly string[], step: number, forcedUnit: number): Promise<string> {
  const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url))
  const manifest = parseManifest(JSON.parse((await read('public/models/manifest.json')).toString('utf8')))
  const vocabulary = createVocabulary(manifest)
  const module = await read('src/gpu/wasm/lm.wasm')
  const weights = await read('public/models/lm.int8.safetensors')
  const lm = await createWasmLm({ module, weights, manifest, vocabulary })
  const sampling = { temperature: 0.7, topK: 0, topP: 1, minP: 0 }
  const rule = planToRule({ task: 'speak', phones, sampling, seed: 5, take: 0 }, vocabulary)
  const cursor = lm.openCursor()
  const stream = cursor.open(Float32Array.from(manifest.voices.af_heart.vector))
  let state = rule.start
  let feed: readonly PlacedToken[] = rule.prefix
  const units: number[] = []
  while (!state.done) {
    const [logits] = await cursor.feed([{ stream, tokens: feed }])
    const isHere = state.step === step
    const next = isHere ? rule.follow(state, vocabulary.unitToId(forcedUnit)) : rule.next(state, logits)
    state = next.state
    feed = [next.token]
    if (vocabulary.isUnit(next.token.id)) units.push(vocabulary.idToUnit(next.token.id))
  }
  cursor.dispose()
  await lm.dispose()
  return units.join(' ')
}

test('a unit shows what each of its digits does, in numbers that the table and the picture share', async () => {
  await goToStep(STEP)
  await page.getByRole('listbox', { name: 'Chances at this step' }).press('End')
  const unit = Number(/unit (\d+)/.exec((await options().last().getAttribute('aria-label')) ?? '')?.[1])
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

test('a branch is a fresh run with the token forced; it joins the tree, and is renamed and compared', async () => {
  // Without the silences at both ends, which the rule adds.
  const phones = (await shownPhones(page)).slice(1, -1)
  await goToStep(STEP)
  await page.getByRole('listbox', { name: 'Chances at this step' }).press('End')
  const label = (await options().last().getAttribute('aria-label')) ?? ''
  const unit = Number(/unit (\d+)/.exec(label)?.[1])
  await button(page, 'Branch here, same noise').click()
  await expect(page.getByRole('radio', { name: new RegExp(`branch at ${STEP}`) })).toBeChecked()
  await allStepsRead(page)
  await expect(stepText()).toContainText(`Step ${STEP + 1} of`)
  await expect(stepText()).toContainText(`drew unit ${unit}`)
  await expect(page.getByRole('table', { name: /Other than its parent from/ })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name of this take' }).fill('What if')
  await expect(page.getByRole('radio', { name: /What if/ })).toBeChecked()
  await openTab(page, 'Speak')
  const row = (await figuresTable(page)).find(({ name }) => name === 'What if')
  expect(row?.units).toBe(await freshRun(phones, STEP, unit))
  await openTab(page, 'Chances')
})

test('Apply draws new takes with these odds', async () => {
  await page.getByRole('slider', { name: 'Temperature' }).fill('0.4')
  await page.getByRole('slider', { name: 'Top-k' }).fill('20')
  await button(page, 'Apply: draw 3 new takes').click()
  await expect(page.getByRole('status', { name: 'Takes', exact: true })).toHaveText('Done: 3 takes.', {
    timeout: 120_000,
  })
  await expect(page.getByRole('status', { name: 'Cuts' })).toContainText(
    'the 20 likeliest (top-k) may be drawn',
  )
  const names = (await figuresTable(page)).map(({ name }) => name)
  expect(names.slice(0, 3)).toEqual(['T 0.4, seed 5', 'T 0.4, seed 6', 'T 0.4, seed 7'])
})

test('Speak says what is cut, the take too, and cuts can be turned off there', async () => {
  await openTab(page, 'Chances')
  await page.getByRole('slider', { name: 'Top-k' }).fill('5')
  await page.getByRole('slider', { name: 'Min-p' }).fill('0.1')
  await button(page, 'Apply: draw 3 new takes').click()
  const cuts = page.getByRole('status', { name: 'Cuts' })
  await expect(cuts).toContainText('only the 5 likeliest (top-k), and of these those with 10 %')
  await expect(button(page, 'Draw grid')).toBeEnabled()
  await say(page, TEXT)
  await expect(page.getByText(/temperature 0\.40, seed 5, top-k 5, min-p 0\.1$/)).toBeVisible()
  await button(page, 'Cut nothing').click()
  await expect(cuts).toBeEmpty()
  await say(page, TEXT)
  await expect(page.getByText(/temperature 0\.40, seed 5$/)).toBeVisible()
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
  await goToStep(STEP)
  await expect(page.getByRole('slider', { name: 'Temperature' })).toBeVisible()
  await expect(button(page, 'Branch here, same noise')).toBeVisible()
  await expectNoFindings()
})

test('the takes by keyboard: the arrows choose, and the page stays where it is', async () => {
  await page.setViewportSize({ width: 1280, height: 500 })
  const takes = page.getByRole('radiogroup', { name: 'Takes' }).getByRole('radio')
  await page.locator('.tree-take').first().click()
  await takes.first().focus()
  const before = await page.evaluate(() => window.scrollY)
  await page.keyboard.press('ArrowDown')
  await expect(takes.nth(1)).toBeChecked()
  await expect(takes.nth(1)).toBeFocused()
  expect(await page.evaluate(() => window.scrollY)).toBe(before)
  await page.setViewportSize({ width: 1280, height: 720 })
})

test('a take hotter than the sliders go: what is tried and applied is as hot as they go', async () => {
  await openTab(page, 'Speak')
  await button(page, 'Remove all takes').click()
  await textBox(page).fill('Hi.')
  await setGrid(page, '1.8', 1)
  await drawGrid(page, 1)
  await button(page, 'Look inside T 1.8, seed 5').click()
  await allStepsRead(page)
  const temperature = page.getByRole('slider', { name: 'Temperature' })
  await expect(temperature).toHaveValue('1.5')
  await button(page, 'Apply: draw 1 new take').click()
  await expect(button(page, 'Play T 1.5, seed 5')).toBeVisible({ timeout: 120_000 })
  await expect(temperature).toHaveValue('1.5')
})

test('reading stopped half-way keeps its steps and may begin again; a branch that is stopped is none', async () => {
  await openTab(page, 'Speak')
  await say(page, 'This one is longer than the others, so that there is time to stop. '.repeat(4))
  await button(page, 'Look inside').click()
  await untilSays(chancesStatus(page), 'Reading: ')
  await button(page, 'Stop reading').click()
  await expect(chancesStatus(page)).toHaveText(/^Stopped: [\d,]+ steps? read\.$/)
  await button(page, 'Read again').click()
  await expect(chancesStatus(page)).toHaveText(/^[\d,]+ steps read\.$/, { timeout: 120_000 })

  const takes = page.getByRole('radiogroup', { name: 'Takes' }).getByRole('radio')
  const count = await takes.count()
  await button(page, 'Branch here, new noise').click()
  await button(page, 'Stop drawing').click()
  await expect(button(page, 'Branch here, new noise')).toBeEnabled()
  await expect(chancesStatus(page)).toHaveText(/^[\d,]+ steps read\.$/)
  await expect(takes).toHaveCount(count)
  await expect(errorNote(page)).toHaveCount(0)
})
