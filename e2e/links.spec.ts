/**
 * A page as a link: opened by somebody else, in a new browser context, it plays the same samples and shows the same state.
 * What nobody should believe is not believed, said in a line, and starts nothing.
 */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { button, downloadTake, errorNote, eventually, modelsReady, say, setSeed, textBox } from './parts'
import { installSoundProbe, playedCount } from './sound-probe'

const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true })
const notes = (page: Page) => page.getByRole('status', { name: 'About the link' })
const hashOf = (page: Page) => new URL(page.url()).hash

async function openElsewhere(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await installSoundProbe(page)
  await page.goto(url)
  return page
}

async function chooseShare(page: Page, item: string): Promise<void> {
  await button(page, 'Share').click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a spoken take, with a mixed and moved voice: the same bytes, the same settings, silently', async ({
  page,
  browser,
}) => {
  await page.goto('/')
  await modelsReady(page)
  await button(page, 'Shape the voice').click()
  await button(page, 'Mix in a second voice').click()
  await slider(page, 'Pitch, in semitones').focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
  await setSeed(page, 4321)
  await say(page, 'Two sentences. Each has noise of its own!')
  const { bytes } = await downloadTake(page)
  await eventually(() => hashOf(page)).toContain('&tokens=')

  const other = await openElsewhere(browser, page.url())
  await expect(
    other.getByText(/Heart 50 %, .+ 50 %, temperature 0\.70, seed 4321, pitch \+2 semitones/),
  ).toBeVisible()
  await expect(textBox(other)).toHaveValue('Two sentences. Each has noise of its own!')
  expect((await downloadTake(other)).bytes.equals(bytes)).toBe(true)
  expect(hashOf(other)).toBe(hashOf(page))
  expect(await playedCount(other)).toBe(0)
  await expect(notes(other)).toBeEmpty()
  await other.context().close()
})

test('a step of a grid’s take: the view, the take in its place and the step', async ({ browser }) => {
  const page = await openElsewhere(browser, '/#v=1&text=Fine.&T=0,0.9&seeds=3,4')
  await modelsReady(page)
  await button(page, 'Draw grid').click()
  const tiles = page.getByTestId('take-tile')
  await expect(tiles).toHaveCount(4)
  await expect(button(page, 'Draw grid')).toBeEnabled()
  await page.getByRole('button', { name: /^Look inside .*0\.9.*4/ }).click()
  await expect(page.getByRole('status', { name: 'Chances', exact: true })).toContainText(/steps/)
  for (let i = 0; i < 5; i++) await button(page, 'Step forward').click()
  await eventually(() => hashOf(page)).toMatch(/view=chances.*take=1:1.*step=5.*tokens=/)
  const step = await page.getByRole('status', { name: 'Step in view' }).textContent()

  const other = await openElsewhere(browser, page.url())
  await expect(other.getByRole('status', { name: 'Step in view' })).toHaveText(step ?? '', {
    timeout: 120_000,
  })
  await eventually(() => hashOf(other)).toBe(hashOf(page))
  expect(await playedCount(other)).toBe(0)
  await other.context().close()
  await page.context().close()
})

test('a lesson’s link leaves controls out, and somebody may have them back', async ({ page, browser }) => {
  await page.goto('/')
  await chooseShare(page, 'Hide controls for a lesson…')
  const dialog = page.getByRole('dialog', { name: 'Hide controls for a lesson' })
  await dialog.getByText('Seed', { exact: true }).click()
  await dialog.getByText('Grid of takes').click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveCount(0)
  await expect(button(page, 'Draw grid')).toHaveCount(0)
  await eventually(() => hashOf(page)).toContain('hide=seed,takes')

  const other = await openElsewhere(browser, page.url())
  await expect(button(other, 'Speak')).toBeVisible()
  await expect(other.getByRole('textbox', { name: 'Seed' })).toHaveCount(0)
  await button(other, 'Show everything').click()
  await expect(other.getByRole('textbox', { name: 'Seed' })).toBeVisible()
  await eventually(() => hashOf(other)).not.toContain('hide')
  await other.context().close()
})

test('the link and a citation are copied', async ({ browser }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto('/#v=1&text=Hi.&temp=0.4')
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await chooseShare(page, 'Copy link')
  await expect(page.getByRole('status', { name: 'Copied' })).toHaveText('The link is on the clipboard.')
  expect(new URL(await clipboard()).hash).toBe('#v=1&text=Hi.&temp=0.4')
  await chooseShare(page, 'Copy as citation')
  await expect(page.getByRole('status', { name: 'Copied' })).toContainText('citation')
  expect(await clipboard()).toMatch(/^“Hi\.” \[synthetic speech\].* temperature 0\.4, seed 1\. Made .* http/)
  await context.close()
})

const hostile: readonly (readonly [link: string, lines: number, text?: string])[] = [
  ['v=1&text=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E', 0, '<img src=x onerror=alert(1)>'],
  ['v=1&text=Hi.&T=hot&seeds=a,b&noise=loud&temp=9', 4, 'Hi.'],
  ['v=99&text=Hi.', 1],
  ['v=1&view=loop&text=Hi.', 1, 'Hi.'],
  ['v=1&text=Hi.&voice=__proto__', 1, 'Hi.'],
  ['v=1&text=Hi.&voice=constructor', 1, 'Hi.'],
  ['v=1&text=Hi.&voice=~AAAAAA', 1, 'Hi.'],
  ['v=1&text=Hi.&pitch=99&pace=0&breath=NaN', 3, 'Hi.'],
  ['v=1&text=Hi.&phones=QQ&say=hi:QQ', 2, 'Hi.'],
  ['v=1&text=Hi.&tokens=AAAA', 1, 'Hi.'],
  ['v=1&text=Hi.&take=9:9&branch=1:2', 2, 'Hi.'],
  ['v=1&text=Hi.&lesson=javascript:alert(1)', 1, 'Hi.'],
  ['v=1&text=Hi.&lesson=nothing', 1, 'Hi.'],
  ['v=1&text=Hi.&hide=everything', 1, 'Hi.'],
  ['v=1&text=Hi.&seeds=5,900', 1, 'Hi.'],
  [`v=1&text=${'x'.repeat(70_000)}`, 1],
  ['%', 0],
  ['v=1&text=%E0%A4%A&T', 1],
]

test('hostile links: no exception, nothing starts, each refused value is said in a line', async ({
  page,
}) => {
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('dialog', (dialog) => {
    problems.push(dialog.message())
    void dialog.dismiss()
  })
  await installSoundProbe(page)
  for (const [link, lines, text] of hostile) {
    await page.goto('about:blank')
    await page.goto(`/#${link}`)
    await expect(button(page, 'Speak'), link.slice(0, 60)).toBeVisible()
    await expect(notes(page).locator('.link-note'), link.slice(0, 60)).toHaveCount(lines)
    if (text !== undefined) await expect(textBox(page)).toHaveValue(text)
    await expect(button(page, 'Stop')).toBeDisabled()
  }
  expect(problems).toEqual([])
  expect(await playedCount(page)).toBe(0)
})

test('tokens that are none of the text’s are refused in a line, and the page speaks', async ({ page }) => {
  await page.goto('/#v=1&text=Hi+there.&tokens=AQECAQE')
  await modelsReady(page)
  await expect(notes(page)).toContainText(/tokens/)
  await expect(errorNote(page)).toHaveCount(0)
  await say(page, 'Still here.')
})
