/** Owns: the moves that specs about takes and chances share: drawing a grid, reading its table, looking inside a take. */
import { expect, type Locator, type Page } from '@playwright/test'
import { button, openTab, status, untilDone, untilSays } from './parts'

export const takesStatus = (page: Page): Locator => status(page, 'Takes')
export const chancesStatus = (page: Page): Locator => status(page, 'Chances')
export const tiles = (page: Page): Locator => page.getByTestId('take-tile')

export async function setGrid(page: Page, temperatures: string, seeds: number): Promise<void> {
  await page.getByRole('textbox', { name: 'Temperatures, across' }).fill(temperatures)
  const field = page.getByRole('textbox', { name: 'Takes of each' })
  await field.fill(String(seeds))
  await field.press('Tab')
}

export async function drawGrid(page: Page, takes: number): Promise<void> {
  await untilDone(page, 'Takes', () => button(page, 'Draw grid').click())
  await expect(takesStatus(page)).toHaveText(takes === 1 ? 'Done: 1 take.' : `Done: ${takes} takes.`)
}

export interface FiguresRow {
  readonly name: string
  readonly units: string
  readonly cells: readonly string[]
}

/** All takes on the table, in the order of the cards. */
export async function figuresTable(page: Page): Promise<FiguresRow[]> {
  const title = 'Figures and units of all takes'
  const trigger = button(page, `${title} as a table`)
  if ((await trigger.getAttribute('aria-expanded')) !== 'true') await trigger.click()
  const rows = await page
    .getByRole('region', { name: `${title}: table` })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')))
  return rows.map((cells) => ({ name: cells[0], units: cells.at(-1) ?? '', cells }))
}

/** The take that Speak shows; ends in the Chances view. */
export async function lookInsideSpoken(page: Page): Promise<void> {
  await openTab(page, 'Speak')
  await button(page, 'Look inside').click()
  await allStepsRead(page)
}

export async function allStepsRead(page: Page): Promise<void> {
  await untilSays(chancesStatus(page), ' steps read.', 120_000)
  await expect(chancesStatus(page)).toHaveText(/^\d+ steps read\.$/)
}
