/**
 * The voice beyond its name: mixed of two, moved by the vocoder's handles, made from a recording; what is heard is measured.
 */
import { expect, test, type Page } from '@playwright/test'
import { samplesToVoicing } from '../src/speech/testing/voicing'
import {
  button,
  bytesToSound,
  clipPath,
  downloadTake,
  errorNote,
  modelsReady,
  say,
  status,
  untilDone,
  untilSays,
} from './parts'

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage()
  await page.goto('/')
  await modelsReady(page)
  await button(page, 'Shape the voice').click()
})
test.afterAll(() => page.close())

const slider = (name: string) => page.getByRole('slider', { name, exact: true })
const part = (name: string) => page.getByRole('region', { name, exact: true })

async function takeToSound() {
  const { samples, sampleRateHz } = bytesToSound((await downloadTake(page)).bytes)
  const hz = samplesToVoicing(samples, sampleRateHz)
    .f0Hz.filter((value) => value > 0)
    .toSorted((a, b) => a - b)
  return { seconds: samples.length / sampleRateHz, medianHz: hz[Math.floor(hz.length / 2)] }
}

async function chooseVoice(field: RegExp, name: string): Promise<void> {
  await page.getByRole('button', { name: field }).click()
  await page.getByRole('searchbox', { name: 'Find a voice' }).fill(name)
  await page.getByRole('option', { name: new RegExp(name) }).click()
}

async function press(locator: ReturnType<typeof slider>, key: string, times: number): Promise<void> {
  await locator.focus()
  for (let i = 0; i < times; i++) await page.keyboard.press(key)
}

test('between two voices lies a third: its pitch is between theirs', async () => {
  const sentence = 'We were away all year long.'
  await say(page, sentence)
  const heart = await takeToSound()
  await chooseVoice(/Voice$/, 'Lewis')
  await say(page, sentence)
  const lewis = await takeToSound()
  expect(heart.medianHz).toBeGreaterThan(1.3 * lewis.medianHz)

  await button(page, 'Mix in a second voice').click()
  await chooseVoice(/Voice 2$/, 'Heart')
  await expect(slider('Share of Lewis')).toHaveValue('50')
  await press(slider('Share of Heart'), 'ArrowUp', 3)
  await expect(slider('Share of Lewis')).toHaveValue('47')
  await say(page, sentence)
  await expect(page.getByText(/^Lewis 47 %, Heart 53 %, temperature/)).toBeVisible()
  const mixed = await takeToSound()
  expect(mixed.medianHz).toBeGreaterThan(1.05 * lewis.medianHz)
  expect(mixed.medianHz).toBeLessThan(0.95 * heart.medianHz)

  await button(page, 'Take Lewis out of the mix').click()
  await expect(page.getByRole('button', { name: /Heart.*Voice$/ })).toBeVisible()
})

test('the same tokens higher and slower: pitch and length follow, the tokens stay', async () => {
  await say(page, 'We were away all year long.')
  const plain = await takeToSound()
  const countUnits = async () => (await status(page, 'Speaking').textContent())?.match(/\d+ units/)?.[0]
  const units = await countUnits()
  await press(slider('Pitch, in semitones'), 'ArrowRight', 8)
  await expect(slider('Pitch, in semitones')).toHaveAttribute('aria-valuetext', '+4.0')
  await press(slider('Pace, times as fast'), 'ArrowLeft', 4)
  await untilDone(page, 'Speaking', () => button(page, 'Same tokens, this voice').click())
  await expect(page.getByText(/seed 1, pitch \+4 semitones, pace 0\.8$/)).toBeVisible()
  const moved = await takeToSound()
  expect(moved.seconds / plain.seconds).toBeCloseTo(1.25, 2)
  // The pitch is measured on other stretches of the sound, so the median may be another frame's.
  expect(Math.abs(12 * Math.log2(moved.medianHz / plain.medianHz) - 4)).toBeLessThan(1)
  expect(await countUnits()).toBe(units)

  await button(page, 'Move nothing').click()
  await expect(slider('Pitch, in semitones')).toHaveValue('0')
})

test('a voice from a file or the microphone: only with leave, and only when it is long enough', async () => {
  const recording = part('Voice from a recording')
  await expect(recording.getByText('only with the speaker’s permission')).toBeVisible()
  await expect(button(page, 'Record a voice')).toBeDisabled()
  await expect(page.getByLabel('Open a voice')).toBeDisabled()
  await page.getByText('It is my voice, or the speaker has agreed').click()

  await page.getByLabel('Open a voice').setInputFiles(clipPath('sense-0880.wav'))
  await expect(errorNote(page)).toContainText('A voice needs 5 to 15 seconds of speech; this is 2.99 s.')
  await expect(page.getByText(/The next take has this voice/)).toHaveCount(0)

  await page.getByLabel('Open a voice').setInputFiles(clipPath('sense-0870.wav'))
  await expect(recording.getByRole('status')).toContainText(/The next take has this voice/)
  await expect(errorNote(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /A recorded voice.*Voice$/ })).toBeVisible()
  await say(page, 'Hello from a recording.')
  await expect(page.getByText(/^A recorded voice, temperature/)).toBeVisible()

  await button(page, 'Record a voice').click()
  await expect(button(page, 'Use this voice')).toBeEnabled()
  await button(page, 'Use this voice').click()
  await expect(recording.getByRole('status')).toContainText(/made from \d+\.\d+ s/)
  await untilSays(status(page, 'Speaking'), 'Done:')
})
