/**
 * The focus never falls to the top of the page: a button that is busy keeps it, one that changes its meaning stays the same
 * button, and from one that leaves it goes to a neighbour or to the heading of the part that it stood in.
 */
import { expect, test, type Locator, type Page } from '@playwright/test'
import { button, openReadyPage, openTab, status, textBox, untilSays } from './parts'
import { openSite } from './site'
import { drawGrid, setGrid } from './takes-parts'

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await openReadyPage(browser)
})
test.afterAll(() => page.close())

const heading = (name: string): Locator => page.getByRole('heading', { name, exact: true })

async function enter(pressed: Locator): Promise<void> {
  await pressed.focus()
  await page.keyboard.press('Enter')
}

test('Speak keeps it while it is busy, and so does Stop', async () => {
  await textBox(page).fill('Focus.')
  await enter(button(page, 'Speak'))
  await expect(button(page, 'Speak')).toBeFocused()
  await untilSays(status(page, 'Speaking'), 'Done:')
  await expect(button(page, 'Speak')).toBeFocused()
  await expect(button(page, 'Speak')).toBeEnabled()
  // What is disabled without the focus is passed over.
  await expect(button(page, 'Play')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(button(page, 'Stop')).not.toBeFocused()
})

test('Load and Cancel are one button', async ({ browser }) => {
  const site = await openSite()
  site.answer = (path) => (path.startsWith('/models/') ? { status: 503 } : undefined)
  const other = await browser.newPage()
  await other.goto(site.url)
  const load = button(other, 'Load the models')
  // It has tried once by itself.
  await expect(other.locator('.engine-failed')).toBeVisible()
  let letThrough: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  site.answer = (path) => (path.startsWith('/models/') ? { after: gate } : undefined)
  await load.focus()
  await other.keyboard.press('Enter')
  await expect(button(other, 'Cancel loading')).toBeFocused()
  await other.keyboard.press('Enter')
  await expect(load).toBeFocused()
  letThrough()
  await other.close()
  await site.close()
})

test('a lesson hands it to the next one, and at its end to the list of lessons', async () => {
  await enter(button(page, 'Lessons'))
  await expect(page.getByRole('menuitemradio').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await enter(button(page, 'Next: Why sampling?'))
  await expect(page.getByRole('complementary', { name: 'Lesson: Why sampling?' })).toBeFocused()
  await enter(button(page, 'Close lesson'))
  await expect(button(page, 'Lessons')).toBeFocused()
})

test('takes: drawn, heard blind, removed and brought back', async () => {
  await textBox(page).fill('Hi.')
  await setGrid(page, '0, 1', 1)
  await drawGrid(page, 2)
  await enter(button(page, 'Listen blind'))
  await expect(button(page, 'Reveal')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button(page, 'Another round')).toBeFocused()
  await enter(button(page, 'Back to the grid'))
  await expect(heading('Takes')).toBeFocused()
  await enter(button(page, 'Remove all takes'))
  await expect(heading('Takes')).toBeFocused()
  await enter(button(page, 'Undo'))
  await expect(heading('Takes')).toBeFocused()
})

test('a view hands it to the view that comes', async () => {
  await enter(button(page, 'Look inside'))
  await expect(page.getByRole('tabpanel', { name: 'Chances' })).toBeFocused()
})

test('Record and Stop are one button, and Pause hands on to it', async () => {
  await openTab(page, 'Listen')
  await enter(button(page, 'Record'))
  await expect(button(page, 'Stop recording')).toBeFocused()
  // The microphone is open.
  await expect(page.locator('.meter-time')).not.toHaveText('0:00')
  await enter(button(page, 'Pause'))
  await expect(button(page, 'Go on')).toBeFocused()
  await enter(button(page, 'Stop recording'))
  await expect(button(page, 'Record')).toBeFocused()
  await expect(button(page, 'Record')).toBeEnabled()
})
