/**
 * Owns: a record of what the page hands to Web Audio, in one list with what its status says, so that a test knows what
 * came first. It only listens: every call goes on to the browser.
 */
import type { Page } from '@playwright/test'

interface Probe {
  /** `sound` for every scheduled piece, otherwise the new text of the Speaking status. */
  readonly events: string[]
  readonly played: number[]
}

declare global {
  interface Window {
    soundProbe: Probe
  }
}

export async function installSoundProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: Probe = { events: [], played: [] }
    window.soundProbe = probe
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (...when: Parameters<typeof start>) {
      probe.events.push('sound')
      const samples = this.buffer?.getChannelData(0) ?? []
      for (const sample of samples) probe.played.push(sample)
      start.apply(this, when)
    }
    let said = ''
    new MutationObserver(() => {
      const now = document.querySelector('[aria-label=Speaking]')?.textContent ?? ''
      if (now !== said) probe.events.push(now)
      said = now
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

export const probeEvents = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => window.soundProbe.events)

export const playedCount = (page: Page): Promise<number> =>
  page.evaluate(() => window.soundProbe.played.length)

export const lastPlayed = (page: Page, samples: number): Promise<readonly number[]> =>
  page.evaluate((count) => window.soundProbe.played.slice(-count), samples)
