/**
 * Owns: the page's parts by the names that a person reads, and the few moves that many specs make. Checks nothing that
 * is a spec's own matter.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, type Browser, type Locator, type Page } from '@playwright/test'
import { decodeWav } from '../src/speech/4-wave/wav'

export const FOX = 'The quick brown fox jumps over the lazy dog.'

export const clipPath = (name: string): string =>
  fileURLToPath(new URL(`fixtures/librivox/${name}`, import.meta.url))

export const status = (
  page: Page,
  name: 'Engine' | 'Speaking' | 'Listening' | 'Takes' | 'Chances',
): Locator => page.getByRole('status', { name, exact: true })
/** The sentence about what went wrong, in the view that is open. */
export const errorNote = (page: Page): Locator => page.getByRole('alert').locator('.error-note')
export const textBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Text to speak' })
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const phoneCells = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'Phones' }).getByRole('option')

/** Of the stretch of the axis that is in view. */
export const shownPhones = (page: Page): Promise<string[]> =>
  phoneCells(page).evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-phone') ?? ''))

const LOOK_EVERY_MS = 100
/** As `expect.poll`, which after its first tries looks only once a second. */
export const eventually = <T>(read: () => T | Promise<T>, options: { readonly timeout?: number } = {}) =>
  expect.poll(read, { intervals: [LOOK_EVERY_MS], ...options })

/**
 * As `expect(…).toContainText`, at the moment when the text is there: `expect` alone looks once a second after its first
 * tries.
 */
export async function untilSays(told: Locator, text: string, timeout = 60_000): Promise<void> {
  await told.evaluate(
    (element, [wanted, mostMs]) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!element.textContent?.includes(wanted)) return
          observer.disconnect()
          resolve()
        }
        const observer = new MutationObserver(look)
        observer.observe(element, { subtree: true, childList: true, characterData: true })
        setTimeout(resolve, mostMs)
        look()
      }),
    [text, timeout] as const,
  )
  await expect(told).toContainText(text)
}

export const modelsReady = (page: Page): Promise<void> =>
  untilSays(status(page, 'Engine'), 'Language model', 120_000)

/** For specs that need no fresh page for each test; theirs to close. */
export async function openReadyPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.goto('/')
  await modelsReady(page)
  return page
}

export const openTab = (page: Page, name: 'Speak' | 'Listen' | 'Chances'): Promise<void> =>
  page.getByRole('tab', { name, exact: true }).click()

export async function setSeed(page: Page, seed: number): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Seed' })
  await field.fill(String(seed))
  await field.press('Tab')
}

/**
 * Acts, then waits until the status has left its old text and says that it is done: a `Done` from before doesn't count.
 */
export async function untilDone(
  page: Page,
  name: 'Speaking' | 'Listening' | 'Takes',
  act: () => Promise<void>,
): Promise<void> {
  const done = status(page, name).evaluate((element) => {
    const before = element.textContent
    return new Promise<void>((resolve) => {
      let hasLeft = before === ''
      const observer = new MutationObserver(() => {
        hasLeft ||= element.textContent !== before
        if (!hasLeft || !element.textContent?.startsWith('Done:')) return
        observer.disconnect()
        resolve()
      })
      observer.observe(element, { subtree: true, childList: true, characterData: true })
    })
  })
  await act()
  await done
}

/** Speaks what is in the box and waits until the take is whole and on screen. */
export async function speakAndWait(page: Page): Promise<void> {
  await untilDone(page, 'Speaking', () => button(page, 'Speak').click())
}

export async function say(page: Page, text: string): Promise<void> {
  await textBox(page).fill(text)
  await speakAndWait(page)
}

export async function downloadTake(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const arriving = page.waitForEvent('download')
  await button(page, 'Download WAV').click()
  const download = await arriving
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

export function bytesToSound(bytes: Buffer): { samples: Float32Array; sampleRateHz: number } {
  const { channels, sampleRateHz } = decodeWav(new Uint8Array(bytes))
  expect(channels).toHaveLength(1)
  return { samples: channels[0], sampleRateHz }
}

/** A path, or a file made by the test. */
export type GivenFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

export const openRecording = (page: Page, file: GivenFile): Promise<void> =>
  page.getByLabel('Open recording').setInputFiles(file)

export const hear = (page: Page, file: GivenFile): Promise<void> =>
  untilDone(page, 'Listening', () => openRecording(page, file))

export const hearAgain = (page: Page): Promise<void> =>
  untilDone(page, 'Listening', () => button(page, 'Listen again').click())

/** ARPAbet names, as shown; the whole line, not only what fits the axis. */
export async function heardPhones(page: Page): Promise<string[]> {
  await page.getByText('ARPAbet', { exact: true }).last().click()
  const line = await page.getByTestId('heard-phones').innerText()
  return line.split(/\s+/).filter((phone) => phone !== '')
}
