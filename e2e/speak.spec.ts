/**
 * Speak, as a person uses it: a typed sentence becomes sound that is speech, streams while it is drawn, and is the same
 * for the same seed.
 */
import { expect, test, type Page } from '@playwright/test'
import { samplesToVoicing } from '../src/speech/testing/voicing'
import {
  button,
  bytesToSound,
  downloadTake,
  eventually,
  FOX,
  modelsReady,
  phoneCells,
  say,
  setSeed,
  shownPhones,
  speakAndWait,
  status,
  textBox,
} from './parts'
import { installSoundProbe, lastPlayed, playedCount, probeEvents } from './sound-probe'

const FOX_PHONES = 'DH AH K W IH K B R AW N F AA K S JH AH M P S OW V ER DH AH L EY Z IY D AO G'

let page: Page

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage()
  await installSoundProbe(page)
  await page.goto('/')
  await modelsReady(page)
})
test.afterAll(() => page.close())

test('a sentence becomes speech: phones in order, units, and samples with voice in them', async () => {
  await say(page, FOX)
  const isSpoken = (phone: string) => /^[A-Z]/.test(phone)
  const withoutStress = (phones: string[]) => phones.filter(isSpoken).map((phone) => phone.replace(/\d/, ''))
  await eventually(async () => withoutStress(await shownPhones(page)).join(' ')).toBe(FOX_PHONES)
  const phones = await shownPhones(page)
  expect([phones[0], phones.at(-1)]).toEqual(['_', '_'])

  const { name, bytes } = await downloadTake(page)
  expect(name).toBe('the-quick-brown-fox-jumps-over.wav')
  const { samples, sampleRateHz } = bytesToSound(bytes)
  const seconds = samples.length / sampleRateHz
  expect(sampleRateHz).toBe(24_000)
  // People and the model's teachers need 60 to 120 ms a phone; a wide band around.
  expect(seconds).toBeGreaterThan(0.04 * FOX_PHONES.split(' ').length)
  expect(seconds).toBeLessThan(0.2 * FOX_PHONES.split(' ').length)
  await expect(status(page, 'Speaking')).toContainText(`${Math.round(seconds * 40)} units`)

  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
  expect(rms).toBeGreaterThan(0.01)
  expect(rms).toBeLessThan(0.3)
  const { voicedFraction, f0Hz } = samplesToVoicing(samples, sampleRateHz)
  expect(voicedFraction).toBeGreaterThan(0.35)
  expect(voicedFraction).toBeLessThan(0.98)
  const pitches = f0Hz.filter((hz) => hz > 0).toSorted()
  const medianHz = pitches[Math.floor(pitches.length / 2)]
  // The manifest describes this voice as a woman's of about 190 Hz.
  expect(medianHz).toBeGreaterThan(140)
  expect(medianHz).toBeLessThan(260)
  // A tone would have voice too; speech moves.
  expect(
    pitches[Math.floor(pitches.length * 0.9)] / pitches[Math.floor(pitches.length * 0.1)],
  ).toBeGreaterThan(1.1)
})

test('sound starts before the last unit is drawn, and what is played is what is saved', async () => {
  // The take before has been heard to its end.
  await expect(button(page, 'Play')).toBeVisible()
  const before = (await probeEvents(page)).length
  const playedBefore = await playedCount(page)
  await say(page, `${FOX} Then it sat down in the tall grass and looked at the river for a while.`)
  const run = (await probeEvents(page)).slice(before)
  const firstSound = run.indexOf('sound')
  const done = run.findIndex((event) => event.startsWith('Done:'))
  expect(run.findIndex((event) => event === 'Speaking')).toBeLessThan(firstSound)
  expect(firstSound).toBeGreaterThanOrEqual(0)
  expect(firstSound).toBeLessThan(done)

  const { samples } = bytesToSound((await downloadTake(page)).bytes)
  // Sound is handed over two seconds ahead of the ear.
  await eventually(async () => (await playedCount(page)) - playedBefore).toBe(samples.length)
  const played = await lastPlayed(page, samples.length)
  const largest = samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - played[i])), 0)
  // The file has 16 bits.
  expect(largest).toBeLessThanOrEqual(1.01 / 32768)
})

test('the same seed gives the same bytes, another seed another take', async () => {
  await setSeed(page, 77)
  await say(page, 'Twice the same.')
  const first = await downloadTake(page)
  await speakAndWait(page)
  const second = await downloadTake(page)
  expect(second.bytes.equals(first.bytes)).toBe(true)
  await setSeed(page, 78)
  await speakAndWait(page)
  await expect(page.getByText('temperature 0.70, seed 78')).toBeVisible()
  const third = await downloadTake(page)
  expect(third.bytes.equals(first.bytes)).toBe(false)
})

test('a click or Enter on a phone plays just that phone', async () => {
  await say(page, 'Shoes.')
  await expect(button(page, 'Play')).toBeVisible()
  const cell = phoneCells(page).nth(1)
  await expect(cell).toHaveAttribute('data-phone', 'SH')
  const [, from, to] =
    /([\d.]+) to ([\d.]+) seconds/.exec((await cell.getAttribute('aria-label')) ?? '') ?? []
  // A phone begins and ends on a frame of 25 ms, 600 samples; the label has hundredths of a second.
  const frames = (seconds: string) => Math.round(Number(seconds) * 40)
  const wanted = (frames(to) - frames(from)) * 600
  for (const play of [() => cell.click(), () => phoneCells(page).first().press('Enter')]) {
    const before = await playedCount(page)
    await play()
    await eventually(async () => (await playedCount(page)) - before).toBe(wanted)
  }
})

test('an example fills the box and the voice can be chosen', async () => {
  await button(page, 'A question').click()
  await expect(textBox(page)).toHaveValue(/Why does the same sentence/)
  await page.getByRole('button', { name: /Voice/ }).click()
  await page.getByRole('searchbox', { name: 'Find a voice' }).fill('Michael')
  await page.getByRole('option', { name: /Michael/ }).click()
  await say(page, 'A man speaks.')
  await expect(page.getByText(/^Michael, temperature/)).toBeVisible()
  const { samples, sampleRateHz } = bytesToSound((await downloadTake(page)).bytes)
  const pitches = samplesToVoicing(samples, sampleRateHz)
    .f0Hz.filter((hz) => hz > 0)
    .toSorted()
  expect(pitches[Math.floor(pitches.length / 2)]).toBeLessThan(150)
})
