/** Lessons at the side: opened from the menu or by a link, their links set the page, their answers unfold; by keyboard too. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { button, eventually, modelsReady, speakAndWait, textBox } from './parts'
import { installSoundProbe, playedCount } from './sound-probe'

test('a lesson by keyboard: opened, its link followed, its question answered, what it says is true', async ({
  page,
}) => {
  await installSoundProbe(page)
  await page.goto('/')
  await button(page, 'Lessons').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio')).toHaveCount(5)
  await page.keyboard.press('Enter')
  const lesson = page.getByRole('complementary', { name: 'Lesson: What is a token?' })
  await expect(lesson).toBeVisible()
  await eventually(() => page.url()).toContain('lesson=tokens')

  await lesson.getByRole('link', { name: 'Take this sentence' }).press('Enter')
  await expect(textBox(page)).toHaveValue('She sells sea shells.')
  await expect(lesson).toBeVisible()
  expect(await playedCount(page)).toBe(0)

  const question = lesson.getByRole('button', { name: /How many phones has “shells”/ })
  const answer = lesson.getByText('Four: SH, EH1, L, Z.')
  await expect(answer).toBeHidden()
  await question.press('Enter')
  await expect(answer).toBeVisible()
  await modelsReady(page)
  await speakAndWait(page)
  await page.getByText('ARPAbet', { exact: true }).click()
  await expect(page.locator('.plan-word', { hasText: 'shells' }).locator('.plan-phones')).toHaveText(
    'SH EH1 L Z',
  )

  await lesson.getByRole('button', { name: 'Next: Why sampling?' }).click()
  await expect(page.getByRole('complementary', { name: 'Lesson: Why sampling?' })).toBeVisible()
  await button(page, 'Close lesson').click()
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await eventually(() => page.url()).not.toContain('lesson')
})

test('a lesson by its link, on a phone and in the dark: nothing overflows, axe finds nothing', async ({
  browser,
}) => {
  for (const shape of [
    { viewport: { width: 360, height: 800 }, colorScheme: 'dark' },
    { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  ] as const) {
    const context = await browser.newContext(shape)
    const page = await context.newPage()
    await page.goto('/#v=1&lesson=temperature')
    const lesson = page.getByRole('complementary', { name: 'Lesson: What temperature does' })
    await expect(lesson).toBeVisible()
    await lesson.getByRole('button', { name: /Is there a best temperature/ }).click()
    await lesson.getByRole('link', { name: 'Only the slider is left here' }).click()
    await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveCount(0)
    await expect(page.getByRole('slider', { name: 'Temperature' })).toHaveValue('0.3')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await context.close()
  }
})
