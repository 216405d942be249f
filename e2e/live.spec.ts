/**
 * The microphone while somebody speaks: words at once, firm words after a pause, pause and go on, which device, warnings of
 * its level, and no sample lost.
 */
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { launchWith } from './launch'
import { button, bytesToSound, eventually, modelsReady, openTab, status, untilSays } from './parts'

// A short one: the pause with which the device starts over comes soon.
test.use({ launchOptions: launchWith('sense-0930.wav') })

const firm = (page: Page) => page.getByTestId('live-firm')
const supposed = (page: Page) => page.getByTestId('live-supposed')
const clock = async (page: Page): Promise<number> => {
  const text = await page.locator('.meter-time').textContent()
  const [minutes, seconds] = (text ?? '0:00').split(':').map(Number)
  return minutes * 60 + seconds
}

async function openListen(page: Page): Promise<void> {
  await page.goto('/')
  await openTab(page, 'Listen')
  await modelsReady(page)
}

/** A microphone that gives one tone of the page's own making; gain 0 is silence. */
async function playTone(page: Page, gain: number, devices: readonly string[] = []): Promise<void> {
  await page.addInitScript(
    ([level, names]) => {
      const media = navigator.mediaDevices
      media.getUserMedia = async (wish) => {
        const { deviceId } = typeof wish?.audio === 'object' ? wish.audio : {}
        document.documentElement.dataset.asked = JSON.stringify(deviceId ?? 'any')
        const context = new AudioContext()
        const tone = new OscillatorNode(context, { frequency: 300 })
        const out = context.createMediaStreamDestination()
        tone.connect(new GainNode(context, { gain: level })).connect(out)
        tone.start()
        return out.stream
      }
      if (names.length > 0) {
        media.enumerateDevices = async () =>
          names.map((label, i) => ({
            kind: 'audioinput' as const,
            deviceId: `device-${i}`,
            groupId: '',
            label,
            toJSON: () => ({}),
          }))
      }
    },
    [gain, devices] as const,
  )
}

test('words while somebody speaks, firm words after a pause, and the result has them', async ({ page }) => {
  await openListen(page)
  await button(page, 'Record').click()
  await expect(supposed(page)).not.toBeEmpty()
  expect(await firm(page).textContent()).toBe('')
  // The false device starts over at the end of the recording, with a pause.
  await expect(firm(page)).not.toBeEmpty()
  const words = ((await firm(page).textContent()) ?? '').split(' ')
  // A node each: a screen reader is told of those that come, not of all again.
  await expect(firm(page).locator('span')).toHaveText(words)
  await button(page, 'Stop recording').click()
  await untilSays(status(page, 'Listening'), 'Done:', 120_000)
  const shown = await page.getByRole('listbox', { name: 'Words' }).getByRole('option').allInnerTexts()
  expect(shown.slice(0, words.length)).toEqual(words)
  await expect(firm(page)).toHaveCount(0)
})

test('pause stands still, go on goes on', async ({ page }) => {
  await openListen(page)
  await button(page, 'Record').click()
  await eventually(() => clock(page)).toBeGreaterThanOrEqual(2)
  await button(page, 'Pause').click()
  await expect(status(page, 'Listening')).toHaveText('Paused')
  await page.waitForTimeout(500)
  const before = await clock(page)
  await page.waitForTimeout(2500)
  expect(await clock(page)).toBe(before)
  await button(page, 'Go on').click()
  await eventually(() => clock(page)).toBeGreaterThan(before + 1)
  await button(page, 'Stop recording').click()
  await untilSays(status(page, 'Listening'), 'Done:', 120_000)
})

test('a microphone from which nothing comes is told, and nothing is heard', async ({ page }) => {
  await playTone(page, 0)
  await openListen(page)
  await button(page, 'Record').click()
  await expect(page.getByRole('status', { name: 'Microphone level' })).toContainText('Nothing comes in')
  await button(page, 'Stop recording').click()
  await expect(page.getByTestId('heard-text')).toHaveText('No words.', { timeout: 120_000 })
})

test('a sound that is cut off is told', async ({ page }) => {
  await playTone(page, 4)
  await openListen(page)
  await button(page, 'Record').click()
  await expect(page.getByRole('status', { name: 'Microphone level' })).toContainText('Too loud')
  await button(page, 'Cancel').click()
})

test('another microphone can be chosen', async ({ page }) => {
  await playTone(page, 0.2, ['Built in', 'On the table'])
  await openListen(page)
  const asked = () => page.locator('html').getAttribute('data-asked')
  await button(page, 'Record').click()
  await eventually(asked).toBe('"any"')
  await button(page, 'Cancel').click()
  await page.getByRole('button', { name: /Microphone/ }).click()
  await page.getByRole('option', { name: 'On the table' }).click()
  await button(page, 'Record').click()
  await eventually(asked).toBe('{"exact":"device-1"}')
  await button(page, 'Cancel').click()
})

test.describe('without a gap', () => {
  // The tone is made in the page: a machine that is busy enough starves it before anything is recorded.
  test.describe.configure({ retries: 2 })

  test('no sample is lost in 20 seconds, with another tab in front: the tone goes on without a jump', async ({
    page,
    context,
  }) => {
    await playTone(page, 0.2)
    await openListen(page)
    await button(page, 'Record').click()
    const other = await context.newPage()
    await other.bringToFront()
    await eventually(() => clock(page), { timeout: 90_000 }).toBeGreaterThanOrEqual(20)
    await other.close()
    await button(page, 'Stop recording').click()
    await untilSays(status(page, 'Listening'), 'Done:', 120_000)
    await expect(page.getByText(/too busy and lost/)).toHaveCount(0)
    await button(page, 'Save as').click()
    const arriving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'WAV', exact: true }).click()
    const { samples, sampleRateHz } = bytesToSound(await readFile(await (await arriving).path()))
    expect(samples.length).toBeGreaterThan(20 * sampleRateHz)
    const rises: number[] = []
    for (let i = sampleRateHz; i < samples.length; i++)
      if (samples[i - 1] < 0 && samples[i] >= 0) rises.push(i)
    const periods = rises.slice(1).map((at, i) => at - rises[i])
    const usual = sampleRateHz / 300
    expect(Math.max(...periods)).toBeLessThanOrEqual(usual + 2)
    expect(Math.min(...periods)).toBeGreaterThanOrEqual(usual - 2)
  })
})
