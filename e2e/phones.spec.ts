/**
 * The phones editor: what the text became and why, a word said otherwise here or everywhere, pauses, the whole line; by
 * keyboard; and what was changed is what is spoken, and travels in the link.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { button, errorNote, eventually, modelsReady, shownPhones, speakAndWait, textBox } from './parts'

const words = (page: Page) => page.getByRole('radiogroup', { name: 'Word to edit' })
const word = (page: Page, name: string) => words(page).getByRole('radio', { name: new RegExp(`^${name} `) })
const line = (page: Page) => page.getByRole('textbox', { name: 'All phones in ARPAbet' })
const editor = (page: Page, name: string) => page.getByRole('region', { name: `Edit “${name}”` })
const chips = (page: Page) => page.getByRole('radiogroup', { name: 'Phones of the word' })

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage()
  await page.goto('/')
  await modelsReady(page)
  await button(page, 'Phones').click()
  await page.getByText('ARPAbet', { exact: true }).click()
})
test.afterAll(() => page.context().close())

/** @param shown the words that the editor shows for it */
async function type(text: string, shown = text.toLowerCase().match(/[a-z]+/g) ?? []): Promise<void> {
  await textBox(page).fill(text)
  await expect(words(page).getByRole('radio')).toHaveText(shown.map((each) => new RegExp(`^${each}\\b`)))
}

async function findPhone(search: string, text: string): Promise<Locator> {
  const finder = page.getByRole('combobox', { name: /Another phone/ })
  await finder.click()
  await finder.press('ControlOrMeta+a')
  await finder.pressSequentially(search)
  const option = page.getByRole('option').filter({ hasText: text })
  await expect(option).toBeVisible()
  return option
}

const spoken = async (): Promise<string> => {
  const phones = (await shownPhones(page)).filter((phone) => phone !== '_')
  return phones.join(' ').replace(/\s+/g, ' ').trim()
}

test('each word says where its phones come from', async () => {
  await type('The zorblax XQZ.', ['the', 'zorblax', 'x', 'q', 'z'])
  await expect(word(page, 'the')).toHaveAccessibleName(/from the lexicon/)
  await expect(word(page, 'zorblax')).toHaveAccessibleName(/worked out by the model/)
  await expect(word(page, 'x')).toHaveAccessibleName(/spelled letter by letter/)
  await expect(line(page)).toHaveValue(/^DH AH0 _ .+ _ EH1 K S _ K Y UW1 _ Z IY1 \.$/)
})

test('the model tells other ways to say a word, and one of them is kept for every place', async () => {
  await type('A tomato, no tomato.')
  await word(page, 'tomato').first().click()
  const readings = editor(page, 'tomato').getByRole('listitem')
  await expect(readings.first()).toBeVisible()
  expect(await readings.count()).toBeGreaterThan(1)
  await expect(readings.first()).toContainText(/\d+\.\d %/)
  const other = readings.getByRole('button', { pressed: false }).first()
  const wanted = (await other.innerText()).trim()
  await other.click()
  await button(page, 'Say it so in all 2 places').click()
  await expect(word(page, 'tomato').first()).toHaveAccessibleName(/as it was typed/)
  await expect(line(page)).toHaveValue(`AH0 _ ${wanted} , N OW1 _ ${wanted} .`)
  await eventually(() => page.url()).toContain('say=tomato:')

  await speakAndWait(page)
  await eventually(spoken).toContain(wanted)
  await type('One tomato.')
  await expect(line(page)).toHaveValue(new RegExp(wanted))
  await button(page, 'Forget “tomato”').click()
  await expect(word(page, 'tomato')).toHaveAccessibleName(/from the lexicon/)
})

test('a phone is found by a word, replaced, stressed and taken out; it counts only here', async () => {
  await type('Think of it.')
  await word(page, 'think').click()
  await chips(page).getByRole('radio', { name: 'TH' }).click()
  await (await findPhone('sun', 'S as in sun')).click()
  await button(page, 'Instead of TH').click()
  await expect(chips(page).getByRole('radio').first()).toHaveAccessibleName('S')
  await chips(page).getByRole('radio', { name: /^IH/ }).click()
  await editor(page, 'think').getByRole('radiogroup', { name: 'Stress' }).getByText('light').click()
  await chips(page).getByRole('radio', { name: 'K' }).click()
  await button(page, 'Take out K').click()
  await button(page, 'Only here').click()
  await expect(line(page)).toHaveValue(/^S IH2 NG _ AH0 V _ /)
  await expect(word(page, 'think')).toHaveAccessibleName(/as it was typed/)
  await eventually(() => page.url()).toContain('phones=S+IH2+NG')

  for (const [search, shown] of [
    ['ʒ', 'ZH as in measure'],
    ['OY', 'OY as in boy'],
  ] as const) {
    await findPhone(search, shown)
    await page.keyboard.press('Escape')
  }
  await speakAndWait(page)
  await eventually(spoken).toMatch(/^S IH2 NG AH0 V/)
})

test('a phone is held for a number of units, here and in what is drawn', async () => {
  await type('A long word.')
  await word(page, 'long').click()
  await chips(page).getByRole('radio', { name: /^AO/ }).click()
  const length = page.getByRole('textbox', { name: 'Length in units of 25 ms' })
  await length.fill('24')
  await length.press('Enter')
  await expect(chips(page).getByRole('radio', { name: 'AO1, held for 24 units' })).toBeChecked()
  await button(page, 'Only here').click()
  await expect(line(page)).toHaveValue(/^AH0 _ L AO1=24 NG _ /)
  await eventually(() => decodeURIComponent(page.url())).toContain('AO1=24')
  await speakAndWait(page)
  const held = page.getByRole('listbox', { name: 'Phones' }).locator('[data-phone=AO1]')
  const times = /AO1, ([\d.]+) to ([\d.]+) seconds/.exec((await held.getAttribute('aria-label')) ?? '')
  expect(Number(times?.[2]) - Number(times?.[1])).toBeCloseTo(24 * 0.025, 1)

  await button(page, 'As the model decides').click()
  await button(page, 'Only here').click()
  await expect(line(page)).toHaveValue(/^AH0 _ L AO1 NG _ /)
  await line(page).fill('L AO1=99')
  await button(page, 'Use these phones').click()
  await expect(page.getByText(/“AO1=99” is no phone with a length/)).toBeVisible()
  await button(page, 'As the text is read').click()
})

test('a pause is put in after a word, and taken out', async () => {
  await type('Go on now.')
  await word(page, 'go').click()
  const pauses = editor(page, 'go').getByRole('radiogroup', { name: 'Pause after it' })
  await pauses.getByText('short ,').click()
  await expect(line(page)).toHaveValue(/^G OW1 , /)
  await expect(pauses.getByRole('radio', { name: 'short ,' })).toBeChecked()
  await pauses.getByText('none').click()
  await expect(line(page)).toHaveValue(/^G OW1 _ /)
  await button(page, 'As the text is read').click()
  await eventually(() => page.url()).not.toContain('phones=')
})

test('the whole line can be typed; what is no phone is told, and nothing is lost', async () => {
  await type('Hello.')
  await line(page).fill('HH AH0 L QQ')
  await button(page, 'Use these phones').click()
  await expect(page.getByText(/“QQ” is no phone/)).toBeVisible()
  await expect(line(page)).toHaveValue('HH AH0 L QQ')
  await line(page).fill('b uw1 _ b uw1')
  await button(page, 'Use these phones').click()
  await expect(line(page)).toHaveValue('B UW1 _ B UW1 .')
  await expect(page.getByText(/other words than the text/)).toBeVisible()
  await speakAndWait(page)
  await eventually(spoken).toBe('B UW1 B UW1 .')
  await expect(errorNote(page)).toHaveCount(0)
  await type('Hello again.')
})

test('what was typed for one text is gone with it', async () => {
  await type('Hello.')
  await line(page).fill('B UW1')
  await type('Goodbye now.')
  await expect(line(page)).toHaveValue(/^G UH/)
  await expect(button(page, 'Use these phones')).toBeDisabled()
})

test('by keyboard alone, and axe finds nothing', async () => {
  await type('A zorblax.')
  await words(page).getByRole('radio').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(editor(page, 'zorblax')).toBeVisible()
  await expect(editor(page, 'zorblax').getByRole('listitem').first()).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([])
})
