/**
 * Owns: `npm run bench`: the speed of the built page in a real browser, one WASM thread: load cold and warm, first sound,
 * real-time factors of say and listen, bytes and memory, and how smooth the page stays. Medians of several runs in one
 * session; prints a table and writes JSON to `bench/results/`. Nothing here asserts a time.
 *
 *     npm run bench                all of it
 *     npm run bench -- --page      only how smooth the page stays, less than a minute
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findChromium } from '../scripts/chromium.mjs'
import { decodeWav } from '../src/speech/4-wave/wav'
import { runInPage, type PageFigures } from './in-page'
import { measurePageAtWork, type PageAtWork } from './page-at-work'
import { peakRendererBytes } from './peak-memory'

const RUNS = 5
const PORT = 4174
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const sentences: string[] = JSON.parse(readFileSync(here('sentences.json'), 'utf8'))
const clips = ['sense-0880', 'sense-0890', 'sense-0930'].map((name) => {
  const wav = decodeWav(new Uint8Array(readFileSync(here(`../e2e/fixtures/librivox/${name}.wav`))))
  return { samples: [...wav.channels[0]], sampleRateHz: wav.sampleRateHz }
})

await build({ logLevel: 'warn' })
const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'warn' })
const browserServer = await chromium.launchServer({
  executablePath: findChromium() ?? 'chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const browser = await chromium.connect(browserServer.wsEndpoint())
const url = `http://localhost:${PORT}/`
try {
  const figures = process.argv.includes('--page') ? {} : await measureSpeed()
  report({
    ...figures,
    pageAtWork: await measurePageAtWork(browser, url),
    machine: `${cpus()[0].model}, ${cpus().length} cores`,
    browser: browser.version(),
    date: new Date().toISOString().slice(0, 10),
  })
} finally {
  await browser.close()
  await browserServer.close()
  await server.close()
}

async function measureSpeed(): Promise<SpeedFigures> {
  const page = await browser.newPage()
  // The models are loaded by the bench itself, so that it can tell cold from warm.
  await page.route('**/models/**', (route) => route.abort())
  const workerRequest = page.waitForRequest(/speech\.worker/)
  await page.goto(url)
  const workerUrl = (await workerRequest).url()
  await page.unrouteAll()
  // tsx compiles every function with a call of this helper, which the page lacks.
  await page.evaluate('globalThis.__name = (named) => named')
  const figures = await page.evaluate(runInPage, { workerUrl, sentences, clips, runs: RUNS })
  const peakBytes = peakRendererBytes(browserServer.process().pid ?? 0)
  await page.close()
  return { ...figures, peakBytes }
}

interface SpeedFigures extends PageFigures {
  readonly peakBytes: number | undefined
}

interface Report extends Partial<SpeedFigures> {
  readonly pageAtWork: PageAtWork
  readonly machine: string
  readonly browser: string
  readonly date: string
}

function report(figures: Report): void {
  const { machine, browser: version, date, pageAtWork } = figures
  console.log(`${machine}; Chromium ${version}; ${date}`)
  if (isWhole(figures)) {
    console.log(`Engine ${figures.engine}, ${figures.threads} thread`)
    console.log(`Medians of ${RUNS} runs over ${sentences.length} sentences and ${clips.length} recordings`)
    printRows(speedRows(figures))
  }
  printRows(smoothRows(pageAtWork))
  mkdirSync(here('results'), { recursive: true })
  writeFileSync(
    here(isWhole(figures) ? 'results/bench.json' : 'results/page.json'),
    JSON.stringify(figures, null, 2),
  )
}

function isWhole(figures: Report): figures is Report & SpeedFigures {
  return figures.engine !== undefined
}

type Row = readonly [name: string, value: string]

function speedRows(figures: SpeedFigures): readonly Row[] {
  return [
    ['load, cold', `${(figures.coldLoadMs / 1000).toFixed(2)} s`],
    ['load, from the cache', `${(figures.warmLoadMs / 1000).toFixed(2)} s`],
    ['downloaded on a first visit', `${(figures.downloadedBytes / 1e6).toFixed(1)} MB`],
    ['first sound after Speak', `${Math.round(figures.firstSampleMs)} ms`],
    ['say, real-time factor', figures.sayRealTimeFactor.toFixed(3)],
    ['listen, real-time factor', figures.listenRealTimeFactor.toFixed(3)],
    [
      'peak memory of the page',
      figures.peakBytes ? `${Math.round(figures.peakBytes / 1e6)} MB` : 'not measurable',
    ],
  ]
}

function smoothRows(page: PageAtWork): readonly Row[] {
  return [
    [
      `tasks over 50 ms, ${page.gridRuns} grids of ${page.takesOfEach}`,
      page.longTasks === 0 ? 'none' : `${page.longTasks}, the longest ${Math.round(page.longestTaskMs)} ms`,
    ],
    ['the longest, processor time', `${page.longestTaskCpuMs.toFixed(1)} ms`],
    ['a move of the slider, median', `${page.sliderMedianMs.toFixed(1)} ms`],
    ['a move of the slider, worst', `${page.sliderWorstMs.toFixed(1)} ms`],
  ]
}

function printRows(rows: readonly Row[]): void {
  for (const [name, value] of rows) console.log(`  ${name.padEnd(34)} ${value}`)
}
