/**
 * Owns: the speed of the built site: load cold and warm, bytes, first sound, real-time factors of say and listen, asked of
 * its own speech worker in the page's protocol; and the memory of one visit, in a browser of its own.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { decodeWav } from '../src/speech/4-wave/wav'
import { runInPage, type PageFigures } from './in-page'
import type { Row } from './print'
import { peakBytesOfVisit } from './visit'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface SpeedFigures extends PageFigures {
  readonly runs: number
  /** Undefined where the system does not tell. */
  readonly peakBytes: number | undefined
}

export async function measureSpeed(
  browser: Browser,
  url: string,
  sentences: readonly string[],
  runs: number,
): Promise<SpeedFigures> {
  const clips = ['sense-0880', 'sense-0890', 'sense-0930'].map((name) => {
    const wav = decodeWav(new Uint8Array(readFileSync(here(`../e2e/fixtures/librivox/${name}.wav`))))
    return { samples: [...wav.channels[0]], sampleRateHz: wav.sampleRateHz }
  })
  const page = await browser.newPage()
  // The models are loaded by the bench itself, so that it can tell cold from warm.
  await page.route('**/models/**', (route) => route.abort())
  const workerRequest = page.waitForRequest(/speech\.worker/)
  await page.goto(url)
  const workerUrl = (await workerRequest).url()
  await page.unrouteAll()
  // tsx compiles every function with a call of this helper, which the page lacks.
  await page.evaluate('globalThis.__name = (named) => named')
  const figures = await page.evaluate(runInPage, { workerUrl, sentences, clips, runs })
  await page.close()
  return { runs, ...figures, peakBytes: await peakBytesOfVisit(url) }
}

export function speedRows(figures: SpeedFigures): readonly Row[] {
  return [
    ['engine', `${figures.engine}, ${figures.threads} thread; medians of ${figures.runs} runs`],
    ['load, cold', `${(figures.coldLoadMs / 1000).toFixed(2)} s`],
    ['load, from the cache', `${(figures.warmLoadMs / 1000).toFixed(2)} s`],
    ['downloaded on a first visit', `${(figures.downloadedBytes / 1e6).toFixed(1)} MB`],
    ['first sound after Speak', `${Math.round(figures.firstSampleMs)} ms`],
    ['say, real-time factor', figures.sayRealTimeFactor.toFixed(3)],
    ['listen, real-time factor', figures.listenRealTimeFactor.toFixed(3)],
    ['its phones alone, real-time factor', figures.phonesRealTimeFactor.toFixed(3)],
    [
      'peak memory of a visit',
      figures.peakBytes ? `${Math.round(figures.peakBytes / 1e6)} MB` : 'not measurable',
    ],
  ]
}
