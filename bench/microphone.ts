/**
 * Owns: `npx tsx bench/microphone.ts [--minutes 10]`: the microphone held open that long, with a recording of a person played
 * over and over by the browser's false device, and heard meanwhile. Counts samples that were lost and what the page's heap
 * gained between the first minute and the last, after garbage was collected. Wants `npm run build` first.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { preview } from 'vite'
import { findChromium, QUIET_SWITCHES } from '../scripts/chromium.mjs'
import { decodeWav } from '../src/speech/4-wave/wav'
import { readFlags } from './flags'

const PORT = 4175
const VOICE_WAV = fileURLToPath(new URL('../e2e/fixtures/librivox/sense-0870.wav', import.meta.url))
const minutes = readFlags({ minutes: 'string' }, (options) => options.whole('minutes', 10, 2))

const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'warn' })
const browser = await chromium.launch({
  executablePath: findChromium() ?? 'chromium',
  args: [
    ...QUIET_SWITCHES,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${VOICE_WAV}`,
  ],
})
try {
  const page = await browser.newPage()
  await page.goto(`http://localhost:${PORT}/`)
  await page.getByRole('tab', { name: 'Listen', exact: true }).click()
  await page
    .getByRole('status', { name: 'Engine', exact: true })
    .filter({ hasText: 'Language model' })
    .waitFor()
  const inspector = await page.context().newCDPSession(page)
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await recorded(page, 1)
  const before = await heapBytes(inspector)
  await recorded(page, minutes)
  const gained = (await heapBytes(inspector)) - before
  const words = await page.getByTestId('live-firm').textContent()
  await page.getByRole('button', { name: 'Stop recording', exact: true }).click()
  await page
    .getByRole('status', { name: 'Listening', exact: true })
    .filter({ hasText: 'Done:' })
    .waitFor({ timeout: 600_000 })
  const lost = await page.getByText(/too busy and lost/).allTextContents()
  console.log(`${(await savedSeconds(page)).toFixed(1)} s recorded`)
  console.log(`samples lost: ${lost.length === 0 ? 'none' : lost.join(' ')}`)
  console.log(`heap gained from minute 1 to ${minutes}: ${(gained / 1e6).toFixed(1)} MB`)
  console.log(`words firm when it was stopped: ${words?.split(' ').length}`)
} finally {
  await browser.close()
  await server.close()
}

async function recorded(page: Page, wantedMinutes: number): Promise<void> {
  for (;;) {
    const [past, seconds] = ((await page.locator('.meter-time').textContent()) ?? '0:0')
      .split(':')
      .map(Number)
    if (past + seconds / 60 >= wantedMinutes) return
    await page.waitForTimeout(500)
  }
}

/** Of the page's own thread; samples and models lie outside it. */
async function heapBytes(inspector: CDPSession): Promise<number> {
  await inspector.send('HeapProfiler.collectGarbage')
  const { usedSize } = await inspector.send('Runtime.getHeapUsage')
  return usedSize
}

async function savedSeconds(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Save as', exact: true }).click()
  const arriving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'WAV', exact: true }).click()
  const { channels, sampleRateHz } = decodeWav(new Uint8Array(await readFile(await (await arriving).path())))
  return channels[0].length / sampleRateHz
}
