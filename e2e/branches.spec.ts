/**
 * Branches: another token forced into a take, which goes on as a run from the beginning would with that token; takes drawn
 * with the odds that were tried; the tree that all of them stand in.
 */
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { planToRule, type PlacedToken } from '../src/speech/3-units/streams'
import { createVocabulary } from '../src/speech/3-units/vocabulary'
import { createWasmLm } from '../src/gpu/wasm/lm'
import { parseManifest } from '../src/speech/manifest'
import { goToStep, pickLast, stepText } from './chances-parts'
import {
  button,
  errorNote,
  openReadyPage,
  openTab,
  say,
  setSeed,
  shownPhones,
  textBox,
  untilSays,
} from './parts'
import { allStepsRead, chancesStatus, drawGrid, figuresTable, lookInsideSpoken, setGrid } from './takes-parts'

const TEXT = 'Good morning.'
const STEP = 20

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await openReadyPage(browser)
  await setSeed(page, 5)
  await say(page, TEXT)
  await lookInsideSpoken(page)
})
test.afterAll(() => page.close())

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

test('a branch is a fresh run with the token forced; it joins the tree, and is renamed and compared', async () => {
  // Without the silences at both ends, which the rule adds.
  const phones = (await shownPhones(page)).slice(1, -1)
  await goToStep(page, STEP)
  const unit = await pickLast(page)
  await button(page, 'Branch here, same noise').click()
  await expect(page.getByRole('radio', { name: new RegExp(`branch at ${STEP}`) })).toBeChecked()
  await allStepsRead(page)
  await expect(stepText(page)).toContainText(`Step ${STEP + 1} of`)
  await expect(stepText(page)).toContainText(`drew unit ${unit}`)
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

test('the takes by keyboard: the arrows choose, and the page stays where it is', async () => {
  await openTab(page, 'Chances')
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
