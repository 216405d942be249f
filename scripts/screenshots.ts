/**
 * Owns: the pictures of the documentation, taken of the built page: `npm run build`, then `npx tsx scripts/screenshots.ts`.
 * Look at them before they are committed.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Locator, type Page } from '@playwright/test'
import { preview } from 'vite'
import { findChromium, QUIET_SWITCHES } from './chromium.mjs'
import { toPalettePng } from './palette-png'

const PORT = 4175
const OUT = process.argv[2] ?? 'dist'
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const FOX = 'The quick brown fox jumps over the lazy dog.'
/** A phone's picture shows where a part begins. */
const PHONE_HEIGHT = 1500
/** The Chances view needs less than a grid of five columns. */
const INSIDE_PX = 940
const WAIT_MS = 120_000

interface Look {
  readonly name: 'light' | 'dark' | 'phone'
  readonly theme: 'Light' | 'Dark'
  readonly widthPx: number
}

const LOOKS: readonly Look[] = [
  { name: 'light', theme: 'Light', widthPx: 1100 },
  { name: 'dark', theme: 'Dark', widthPx: 1100 },
  { name: 'phone', theme: 'Light', widthPx: 390 },
]

interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const saying = (page: Page, name: string, text: string | RegExp): Promise<void> =>
  page.getByRole('status', { name, exact: true }).filter({ hasText: text }).waitFor()

async function open(browser: Browser, { theme, widthPx }: Look, link: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: widthPx, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(WAIT_MS)
  await page.goto(`http://localhost:${PORT}/${link}`)
  await saying(page, 'Engine', 'Language model')
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText(theme, { exact: true }).click()
  return page
}

async function shoot(page: Page, part: Locator, path: string, isPhone: boolean): Promise<void> {
  await page.mouse.move(0, 0)
  const box = await part.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return { x: left + scrollX, y: top + scrollY, width, height }
  })
  const height = isPhone ? Math.min(PHONE_HEIGHT, box.height) : box.height
  await save(page, path, { ...box, height })
}

async function save(page: Page, path: string, clip: Clip): Promise<void> {
  const full = await page.screenshot({ fullPage: true, clip })
  const { width, height, base64 } = await page.evaluate(async (given) => {
    const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const draw = new OffscreenCanvas(image.width, image.height).getContext('2d')
    draw?.drawImage(image, 0, 0)
    const pixels = draw?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray()
    let binary = ''
    for (let at = 0; at < pixels.length; at += 0x8000)
      binary += String.fromCharCode(...pixels.subarray(at, at + 0x8000))
    return { width: image.width, height: image.height, base64: btoa(binary) }
  }, full.toString('base64'))
  writeFileSync(path, toPalettePng({ width, height, rgba: Buffer.from(base64, 'base64') }))
}

async function speak(browser: Browser, look: Look): Promise<void> {
  const page = await open(browser, look, `#v=1&text=${encodeURIComponent(FOX)}`)
  await button(page, 'Draw grid').click()
  await saying(page, 'Takes', /^Done/)
  await page.getByRole('figure', { name: 'Where the phones begin' }).waitFor()
  const isPhone = look.name === 'phone'
  await shoot(page, page.getByRole('region', { name: 'Takes' }), `${folder}takes-${look.name}.png`, isPhone)
  await page
    .getByRole('button', { name: /^Look inside T 0.9/ })
    .first()
    .click()
  await saying(page, 'Chances', /steps read/)
  await page.getByRole('slider', { name: 'Step', exact: true }).fill('28')
  await page.getByRole('slider', { name: 'Temperature' }).fill('0.6')
  await page.getByRole('slider', { name: 'Min-p' }).fill('0.05')
  await page.getByRole('figure', { name: /^What the digits/ }).waitFor()
  if (!isPhone) await page.setViewportSize({ width: INSIDE_PX, height: 900 })
  const inside = page.getByRole('region', { name: 'Step by step' })
  await shoot(page, inside, `${folder}chances-${look.name}.png`, isPhone)
  await page.context().close()
}

async function phones(browser: Browser, look: Look): Promise<void> {
  const page = await open(browser, look, '#v=1&text=The+zorblax+read+a+tomato.')
  await button(page, 'Phones').click()
  await page.getByRole('radio', { name: /^tomato / }).click()
  await page.getByRole('region', { name: 'Edit “tomato”' }).getByRole('listitem').first().waitFor()
  const form = page.getByRole('region', { name: 'What to say' })
  await shoot(page, form, `${folder}phones-${look.name}.png`, look.name === 'phone')
  await page.context().close()
}

/** The README's: what somebody sees who has just spoken. */
async function front(browser: Browser, look: Look): Promise<void> {
  const page = await open(browser, look, `#v=1&text=${encodeURIComponent(FOX)}`)
  await button(page, 'Speak').click()
  await saying(page, 'Speaking', /^Done/)
  await page
    .getByRole('figure')
    .or(page.getByRole('listbox', { name: 'Phones' }))
    .first()
    .waitFor()
  const height = await page
    .getByRole('region', { name: 'The take' })
    .evaluate((element) => element.getBoundingClientRect().bottom + scrollY + 16)
  const path = fileURLToPath(new URL('../docs/screenshot.png', import.meta.url))
  await save(page, path, { x: 0, y: 0, width: look.widthPx, height })
  await page.context().close()
}

mkdirSync(folder, { recursive: true })
const server = await preview({
  build: { outDir: OUT },
  preview: { port: PORT, strictPort: true },
  logLevel: 'warn',
})
const browser = await chromium.launch({
  executablePath: findChromium() ?? 'chromium',
  args: QUIET_SWITCHES,
})
try {
  await front(browser, LOOKS[0])
  for (const look of LOOKS) {
    await speak(browser, look)
    await phones(browser, look)
  }
} finally {
  await browser.close()
  await server.close()
}
