/**
 * Takes: one sentence drawn many times. A grid completes, each of its takes is what Speak gives alone for the same seed,
 * and they can be compared by ear, by eye and by keyboard.
 */
import { expect, test, type Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import { button, eventually, FOX, modelsReady, openTab, setSeed, speakAndWait, textBox } from './parts'
import { installSoundProbe, playedCount } from './sound-probe'
import { pngFacts } from './png-facts'
import { drawGrid, figuresTable, lookInsideSpoken, setGrid, takesStatus, tiles } from './takes-parts'

const TEMPERATURES = [0, 0.3, 0.6, 0.9, 1.2]
const SEEDS = [1, 2, 3]

let page: Page
test.beforeAll(async ({ browser }) => {
  // axe asks for a context of its own.
  page = await (await browser.newContext()).newPage()
  await installSoundProbe(page)
  await page.goto('/')
  await modelsReady(page)
  await textBox(page).fill('Hello there.')
  await drawGrid(page, 15)
})
test.afterAll(() => page.context().close())

test('a grid of 15 takes: temperatures across, seeds down, each with figures and sound', async () => {
  await expect(tiles(page)).toHaveCount(15)
  const rows = await figuresTable(page)
  expect(rows.map(({ name }) => name)).toEqual(
    SEEDS.flatMap((seed) => TEMPERATURES.map((temperature) => `T ${temperature}, seed ${seed}`)),
  )
  const greedy = rows.filter(({ name }) => name.startsWith('T 0,'))
  expect(new Set(greedy.map(({ units }) => units)).size).toBe(1)
  expect(new Set(rows.map(({ units }) => units)).size).toBeGreaterThan(8)
  const before = await playedCount(page)
  await button(page, 'Play T 1.2, seed 3').click()
  const seconds = Number(rows.at(-1)?.cells[1])
  await eventually(async () => (await playedCount(page)) - before).toBe(Math.round(seconds * 24_000))
})

test('takes have the tokens of single runs with their seeds', async () => {
  test.setTimeout(600_000)
  const grid = await figuresTable(page)
  // Every other one: a run in the page takes two seconds, and the ladder's own tests compare them all.
  const runs = SEEDS.flatMap((seed) =>
    TEMPERATURES.slice(1).map((temperature) => ({ seed, temperature })),
  ).filter((_, i) => i % 2 === 0)
  for (const { seed, temperature } of [{ seed: 1, temperature: 0 }, ...runs]) {
    await setSeed(page, seed)
    await page.getByRole('slider', { name: 'Temperature' }).fill(String(temperature))
    await speakAndWait(page)
    await lookInsideSpoken(page)
    await openTab(page, 'Speak')
    const alone = (await figuresTable(page)).at(-1)
    const name = `T ${temperature}, seed ${seed}`
    expect(alone?.name).toBe(name)
    expect(alone?.units, name).toBe(grid.find((row) => row.name === name)?.units)
  }
})

test('numbers play, X swaps, and both can be turned off; typing is never caught', async () => {
  await setSeed(page, 1)
  await setGrid(page, '0.4, 1', 2)
  await drawGrid(page, 4)
  await expect(tiles(page).first()).toBeVisible()
  const nowPlaying = page.getByRole('button', { name: /^Pause T / })
  await page.getByRole('heading', { name: 'Takes', exact: true }).click()
  await page.keyboard.press('2')
  await expect(nowPlaying).toHaveAccessibleName('Pause T 1, seed 1')
  await page.keyboard.press('1')
  await expect(nowPlaying).toHaveAccessibleName('Pause T 0.4, seed 1')
  await page.keyboard.press('x')
  await expect(nowPlaying).toHaveAccessibleName('Pause T 1, seed 1')
  await page.keyboard.press('Escape')
  await expect(nowPlaying).toHaveCount(0)
  await textBox(page).fill('')
  await textBox(page).pressSequentially('12x')
  await expect(textBox(page)).toHaveValue('12x')
  await expect(nowPlaying).toHaveCount(0)
  await page.getByText('Keys 1 to 9 play').click()
  await page.getByRole('heading', { name: 'Takes', exact: true }).click()
  await page.keyboard.press('1')
  await expect(nowPlaying).toHaveCount(0)
  await page.getByText('Keys 1 to 9 play').click()
  await textBox(page).fill('Hello there.')
})

test('the board by keyboard alone: arrows walk, Enter plays, Tab reaches the buttons', async () => {
  await tiles(page).first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Pause T / })).toHaveAccessibleName('Pause T 1, seed 1')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(button(page, 'Play T 1, seed 1')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(button(page, 'Look inside T 1, seed 1')).toBeFocused()
})

test('sorted by a figure, all in a row, the average beside them', async () => {
  await page.getByRole('button', { name: /Sort by/ }).click()
  await page.getByRole('option', { name: 'Log-probability' }).click()
  const shares = (await figuresTable(page)).map(({ cells }) => Number(cells[8]))
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  const before = await playedCount(page)
  const seconds = (await figuresTable(page)).map(({ cells }) => Number(cells[1]))
  await button(page, 'Play all in a row').click()
  const wanted = Math.round(seconds.reduce((sum, each) => sum + each, 0) * 24_000)
  await eventually(async () => (await playedCount(page)) - before, { timeout: 30_000 }).toBe(wanted)
  await button(page, 'Average of all takes').click()
  await expect(page.getByText(/The average lasts/)).toBeVisible()
  await eventually(async () => (await playedCount(page)) - before).toBeGreaterThan(wanted + 10_000)
})

test('the model listens back to a take and says what it misheard', async () => {
  await button(page, 'Listen back to T 0.4, seed 1').click()
  await expect(tiles(page).getByText(/^\d+ of \d+ phones, \d+ of 2 words$/)).toBeVisible()
})

test('blind: no names until they are revealed, then a tally', async () => {
  const count = await tiles(page).count()
  await button(page, 'Listen blind').click()
  await expect(button(page, 'Reveal')).toBeVisible()
  await expect(tiles(page)).toHaveCount(count)
  await expect(tiles(page).getByText(/seed/)).toHaveCount(0)
  await button(page, 'Like Take A').click()
  await button(page, 'Reveal').click()
  await expect(tiles(page).getByText(/seed/)).toHaveCount(count)
  const tally = (await page.getByRole('status', { name: 'Tally' }).textContent()) ?? ''
  const pairs = [...tally.matchAll(/(\d+) of (\d+)/g)].map(([, liked, heard]) => [
    Number(liked),
    Number(heard),
  ])
  expect(pairs.reduce((sum, [liked]) => sum + liked, 0)).toBe(1)
  expect(pairs.reduce((sum, [, heard]) => sum + heard, 0)).toBe(count)
  await button(page, 'Back to the grid').click()
})

test('all takes are removed, and come back as they were', async () => {
  const names = (await figuresTable(page)).map(({ name, units }) => `${name} ${units}`)
  await button(page, 'Remove all takes').click()
  const removed = page.getByRole('status', { name: 'Removed' })
  await expect(removed).toHaveText(`${names.length} takes removed.`)
  await expect(tiles(page)).toHaveCount(0)
  await expect(takesStatus(page)).toHaveText('')
  await button(page, 'Undo').click()
  await expect(removed).toBeEmpty()
  await expect(tiles(page)).toHaveCount(names.length)
  expect((await figuresTable(page)).map(({ name, units }) => `${name} ${units}`)).toEqual(names)
  const before = await playedCount(page)
  await tiles(page)
    .first()
    .getByRole('button', { name: /^Play / })
    .click()
  await eventually(async () => (await playedCount(page)) - before).toBeGreaterThan(1000)
})

test('plots come with a sentence, a table, an SVG, a PNG and a CSV', async () => {
  const plot = page.getByRole('figure', { name: 'Pitch of all takes' })
  await expect(plot.getByRole('img', { name: /takes of one sentence: mean pitch/ })).toBeVisible()
  for (const [ending, head] of [
    ['SVG', /^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/],
    ['CSV', /^Take,Seconds,Pitch \(Hz\)\r\nT 0.4, |^Take,Seconds,Pitch \(Hz\)\r\n"T/],
  ] as const) {
    const arriving = page.waitForEvent('download')
    await button(page, `Pitch of all takes as ${ending}`).click()
    expect(await readFile(await (await arriving).path(), 'utf8')).toMatch(head)
  }
  const arriving = page.waitForEvent('download')
  await button(page, 'Pitch of all takes as PNG').click()
  const { width, height, colors } = await pngFacts(page, await readFile(await (await arriving).path()))
  const shown = await plot.getByRole('img').boundingBox()
  expect(width / height).toBeCloseTo((shown?.width ?? 0) / (shown?.height ?? 1), 1)
  expect(width).toBeGreaterThan(1.5 * (shown?.width ?? 0))
  expect(colors).toBeGreaterThan(10)
  await button(page, 'Where the phones begin as a table').click()
  const table = page.getByRole('region', { name: 'Where the phones begin: table' })
  expect(await table.getByRole('row').count()).toBeGreaterThan(40)
})

test('axe finds nothing among the takes, nor while they are blind', async () => {
  const findings = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`)
  }
  expect(await findings()).toEqual([])
  await button(page, 'Listen blind').click()
  await expect(button(page, 'Like Take A')).toBeVisible()
  expect(await findings(), 'blind').toEqual([])
  await button(page, 'Reveal').click()
  await button(page, 'Back to the grid').click()
})

test('drawing can be stopped; what is whole stays', async () => {
  await textBox(page).fill(`${FOX} ${FOX} ${FOX}`)
  await setGrid(page, '0.3, 0.6, 0.9', 3)
  await button(page, 'Draw grid').click()
  await expect(page.getByRole('progressbar', { name: 'Takes drawn' })).toHaveAttribute(
    'aria-valuetext',
    /of 9 takes, [1-9][\d,]* units/,
  )
  await expect(takesStatus(page)).toHaveText('Drawing the grid')
  await button(page, 'Stop drawing').click()
  await expect(takesStatus(page)).toHaveText(/^Stopped: \d of 9 takes\.$/)
  await setGrid(page, 'many', 1)
  await expect(page.getByText('1 to 16 numbers from 0 to 2')).toBeVisible()
})
