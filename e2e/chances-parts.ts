/** Owns: the moves that specs about the Chances view share: going to a step, reading its tokens. */
import { expect, type Locator, type Page } from '@playwright/test'

const chancesList = (page: Page): Locator => page.getByRole('listbox', { name: 'Chances at this step' })
export const options = (page: Page): Locator => chancesList(page).getByRole('option')
export const stepSlider = (page: Page): Locator => page.getByRole('slider', { name: 'Step', exact: true })
export const stepText = (page: Page): Locator => page.getByRole('status', { name: 'Step in view' })

/** @param step from 0 */
export async function goToStep(page: Page, step: number): Promise<void> {
  await stepSlider(page).fill(String(step + 1))
  await expect(stepText(page)).toContainText(`Step ${step + 1} of`)
}

/** By keyboard, the least likely one shown. @returns the unit */
export async function pickLast(page: Page): Promise<number> {
  await chancesList(page).press('End')
  const last = options(page).last()
  await expect(last).toHaveAttribute('aria-selected', 'true')
  return Number(/unit (\d+)/.exec((await last.getAttribute('aria-label')) ?? '')?.[1])
}
