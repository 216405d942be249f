/**
 * Owns: one visit of the built site in a fresh browser, as a person makes it: the models load, one sentence is said, one
 * recording heard; and the peak memory of it.
 */
import { chromium } from '@playwright/test'
import { clipPath, FOX, hear, modelsReady, openTab, say } from '../e2e/parts'
import { findChromium, QUIET_SWITCHES } from '../scripts/chromium.mjs'
import { peakRendererBytes } from './peak-memory'

const RECORDING = 'sense-0880.wav'

/** @returns bytes of the page's process; undefined where the system does not tell */
export async function peakBytesOfVisit(url: string): Promise<number | undefined> {
  const server = await chromium.launchServer({
    executablePath: findChromium() ?? 'chromium',
    args: QUIET_SWITCHES,
  })
  const browser = await chromium.connect(server.wsEndpoint())
  try {
    const page = await browser.newPage()
    // tsx compiles every function with a call of this helper, which the page lacks.
    await page.addInitScript('globalThis.__name = (named) => named')
    await page.goto(url)
    await modelsReady(page)
    await say(page, FOX)
    await openTab(page, 'Listen')
    await hear(page, clipPath(RECORDING))
    return peakRendererBytes(server.process().pid ?? 0)
  } finally {
    await browser.close()
    await server.close()
  }
}
