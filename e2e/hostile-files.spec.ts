/**
 * Files that are no recording, or a strange one: each gets a clear sentence or is heard, and the page goes on.
 */
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { phoneErrorRate } from '../src/speech/measure/errorRate'
import { hoursFile, nanFile, pcmData, wavFile, zerosFile } from './made-sounds'
import {
  button,
  bytesToSound,
  clipPath,
  errorNote,
  type GivenFile,
  hear,
  heardPhones,
  modelsReady,
  openRecording,
  openTab,
  status,
  untilSays,
} from './parts'

const CLIP = readFileSync(clipPath('sense-0880.wav'))
const clip = () => bytesToSound(CLIP).samples

let page: Page
let plain: string[]
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage()
  await page.goto('/')
  await openTab(page, 'Listen')
  await modelsReady(page)
  await hear(page, clipPath('sense-0880.wav'))
  plain = await heardPhones(page)
})
test.afterAll(() => page.close())

const named = (name: string, buffer: Buffer, mimeType = 'audio/wav'): GivenFile => ({
  name,
  buffer,
  mimeType,
})

const refused: readonly (readonly [what: string, file: () => GivenFile, sentence: RegExp])[] = [
  [
    'text with a sound’s name',
    () => named('notes.wav', Buffer.from('These are notes. '.repeat(20))),
    /could not be read as sound|can't be read/,
  ],
  [
    'noise with a sound’s name',
    () =>
      named('noise.mp3', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255)), 'audio/mpeg'),
    /could not be read as sound/,
  ],
  ['an empty file', () => named('empty.wav', Buffer.alloc(0)), /0 seconds/],
  [
    'a WAV header cut short',
    () => named('short.wav', CLIP.subarray(0, 30)),
    /can't be read|could not be read/,
  ],
  ['no samples', () => wavFile('none.wav', { rateHz: 16_000 }, Buffer.alloc(0)), /0 seconds/],
  ['silence', () => zerosFile(2), /silent/],
  ['NaN in every sample', () => nanFile(2), /silent|no speech|not a number/],
  ['two silent hours', () => hoursFile(2), /silent/],
  ['three hours', () => hoursFile(3), /lasts 3:00:00; the longest is 2:00:00/],
]

for (const [what, file, sentence] of refused) {
  test(`${what}: a sentence, and what was heard before stays or makes way for what was opened`, async () => {
    await openRecording(page, file())
    await expect(errorNote(page)).toContainText(sentence)
    await expect(button(page, 'Record')).toBeEnabled()
    await hear(page, clipPath('sense-0880.wav'))
    await expect(errorNote(page)).toHaveCount(0)
    expect(await heardPhones(page)).toEqual(plain)
  })
}

/** How far the phones of a strange file may be from those of the plain one: resampling by straight lines costs some. */
const heard: readonly (readonly [what: string, file: () => GivenFile, farthest: number])[] = [
  [
    'eight channels',
    () => wavFile('eight.wav', { rateHz: 16_000, channels: 8 }, pcmData(clip(), 16_000, 16_000, 8)),
    0.1,
  ],
  ['192 kHz', () => wavFile('192.wav', { rateHz: 192_000 }, pcmData(clip(), 16_000, 192_000)), 0.3],
  ['8 kHz', () => wavFile('8.wav', { rateHz: 8000 }, pcmData(clip(), 16_000, 8000)), 0.7],
]
for (const [what, file, farthest] of heard) {
  test(`${what}: heard like the plain file`, async () => {
    await hear(page, file())
    const { rate } = phoneErrorRate(plain, await heardPhones(page))
    expect(rate).toBeLessThanOrEqual(farthest)
  })
}

test('a WAV file that ends before its header says: what is there is heard', async () => {
  await hear(page, named('cut.wav', CLIP.subarray(0, CLIP.length >> 1)))
  const phones = await heardPhones(page)
  expect(phones.length).toBeGreaterThan(plain.length / 4)
  expect(phoneErrorRate(plain.slice(0, phones.length), phones).rate).toBeLessThan(0.5)
})

test('a dropped file is opened like a chosen one', async () => {
  const zone = page.getByRole('heading', { name: 'Open recordings' })
  await zone.scrollIntoViewIfNeeded()
  const box = await zone.boundingBox()
  if (!box) throw new Error('the place to drop a file is not shown')
  // The browser's own drag, as from a file manager; events made in the page carry no permission to drop.
  const browser = await page.context().newCDPSession(page)
  const data = { items: [], files: [clipPath('sense-0930.wav')], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, x: box.x + 5, y: box.y + 5, data })
  }
  await expect(page.getByText('sense-0930.wav')).toBeVisible()
  await untilSays(status(page, 'Listening'), 'Done:', 120_000)
  expect((await heardPhones(page)).length).toBeGreaterThan(10)
})
