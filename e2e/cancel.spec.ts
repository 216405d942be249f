/**
 * Stopping half-way, wherever a run is: the page stays usable, and what comes next is what a fresh page would give.
 */
import { expect, test } from '@playwright/test'
import {
  button,
  clipPath,
  downloadTake,
  errorNote,
  FOX,
  hear,
  hearAgain,
  heardPhones,
  modelsReady,
  openRecording,
  openTab,
  say,
  speakAndWait,
  status,
  textBox,
  untilSays,
} from './parts'
import { openSite } from './site'

const LONG_TEXT = Array.from({ length: 40 }, (_, i) => `Sentence number ${i + 1} goes on and on.`).join(' ')

test('speaking stopped half-way: the next take is that of a fresh page', async ({ page }) => {
  await page.goto('/')
  await modelsReady(page)
  await say(page, FOX)
  const fresh = await downloadTake(page)

  await textBox(page).fill(LONG_TEXT)
  await button(page, 'Speak').click()
  const bar = page.getByRole('progressbar', { name: 'Phones spoken' })
  await expect(bar).toHaveAttribute('aria-valuetext', /phone (\d{2,}|[3-9]) of \d+/)
  await button(page, 'Stop').click()
  await expect(button(page, 'Speak')).toBeEnabled()
  await expect(bar).toBeHidden()
  await expect(errorNote(page)).toHaveCount(0)
  await expect(textBox(page)).toHaveValue(LONG_TEXT)

  await say(page, FOX)
  expect((await downloadTake(page)).bytes.equals(fresh.bytes)).toBe(true)
})

test('Escape stops speaking, also before the first sound', async ({ page }) => {
  await page.goto('/')
  await modelsReady(page)
  await textBox(page).fill(LONG_TEXT)
  for (let round = 0; round < 3; round++) {
    await button(page, 'Speak').click()
    await page.keyboard.press('Escape')
    await expect(button(page, 'Speak')).toBeEnabled()
  }
  await expect(errorNote(page)).toHaveCount(0)
  await say(page, 'Still here.')
})

test('listening stopped half-way: what came is kept, and listening again hears all', async ({ page }) => {
  await page.goto('/')
  await openTab(page, 'Listen')
  await modelsReady(page)
  await hear(page, clipPath('sense-0870.wav'))
  const whole = await heardPhones(page)

  await openRecording(page, clipPath('sense-0870.wav'))
  // Phones are there almost at once; the search for words is what takes its time.
  await expect(status(page, 'Listening')).toHaveText(/^Listening for/)
  await button(page, 'Cancel').click()
  await expect(button(page, 'Listen again')).toBeEnabled()
  await expect(errorNote(page)).toHaveCount(0)
  await expect(status(page, 'Listening')).not.toContainText('Done:')
  const kept = await heardPhones(page)
  expect(kept).toEqual(whole.slice(0, kept.length))

  await hearAgain(page)
  expect(await heardPhones(page)).toEqual(whole)
})

test('Escape ends what is seen going on; what another view is busy with goes on', async ({ page }) => {
  await page.goto('/')
  await openTab(page, 'Listen')
  await modelsReady(page)
  await openRecording(page, clipPath('sense-0870.wav'))
  await expect(status(page, 'Listening')).toHaveText(/^Listening for/)
  await openTab(page, 'Speak')
  await page.keyboard.press('Escape')
  await openTab(page, 'Listen')
  await untilSays(status(page, 'Listening'), 'Done:')

  const sayingBack = page.getByRole('region', { name: 'Say it back' })
  await sayingBack.getByRole('button', { name: 'Same words, spoken anew', exact: true }).click()
  await sayingBack.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByRole('status', { name: 'Saying back' })).toHaveText('')
  await expect(sayingBack.getByRole('button', { name: 'Stop', exact: true })).toBeHidden()
  await expect(errorNote(page)).toHaveCount(0)
})

test('loading stopped half-way: it says so, and goes on when asked', async ({ page }) => {
  const site = await openSite()
  let letThrough: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  site.answer = (path) => (path.endsWith('decoder.onnx') ? { after: gate } : undefined)
  await page.goto(site.url)
  await expect(page.getByRole('progressbar', { name: 'Models loaded' })).toHaveAttribute(
    'aria-valuetext',
    /^[\d.]+ of [\d.]+ MB$/,
  )
  await button(page, 'Cancel loading').click()
  await expect(status(page, 'Engine')).toContainText('Loading was stopped')
  site.answer = () => undefined
  letThrough()
  await button(page, 'Load the models').click()
  await modelsReady(page)
  await say(page, 'Now it speaks.')
  await site.close()
})

test('a sentence asked for while the models load is spoken when they are there, or stopped before', async ({
  page,
}) => {
  const site = await openSite()
  let letThrough: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  site.answer = (path) => (path.endsWith('voice.onnx') ? { after: gate } : undefined)
  await page.goto(site.url)
  await textBox(page).fill('Not spoken.')
  await button(page, 'Speak').click()
  await expect(status(page, 'Speaking')).toContainText('Waiting for the models')
  await button(page, 'Stop').click()
  await expect(button(page, 'Speak')).toBeEnabled()
  await textBox(page).fill('Spoken at last.')
  const speaking = speakAndWait(page)
  await expect(status(page, 'Speaking')).toContainText('Waiting for the models')
  letThrough()
  await speaking
  await expect(page.getByText('Not spoken.')).toHaveCount(0)
  expect((await downloadTake(page)).name).toBe('spoken-at-last.wav')
  await site.close()
})
