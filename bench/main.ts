/**
 * Owns: `npm run bench`: the speed of the built page in a real browser, one WASM thread: load cold and warm, first sound,
 * real-time factors of say and listen, bytes and memory. Medians of several runs in one session; prints a table and
 * writes JSON to `bench/results/`. Nothing here asserts a time.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findChromium } from '../scripts/chromium.mjs'
import { decodeWav } from '../src/speech/4-wave/wav'
import { runInPage, type PageFigures } from './in-page'
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
try {
  const page = await browser.newPage()
  // The models are loaded by the bench itself, so that it can tell cold from warm.
  await page.route('**/models/**', (route) => route.abort())
  const workerRequest = page.waitForRequest(/speech\.worker/)
  await page.goto(`http://localhost:${PORT}/`)
  const workerUrl = (await workerRequest).url()
  await page.unrouteAll()
  // tsx compiles every function with a call of this helper, which the page lacks.
  await page.evaluate('globalThis.__name = (named) => named')
  const figures = await page.evaluate(runInPage, { workerUrl, sentences, clips, runs: RUNS })
  const machine = `${cpus()[0].model}, ${cpus().length} cores`
  const peakBytes = peakRendererBytes(browserServer.process().pid ?? 0)
  report({
    ...figures,
    peakBytes,
    machine,
    browser: browser.version(),
    date: new Date().toISOString().slice(0, 10),
  })
} finally {
  await browser.close()
  await browserServer.close()
  await server.close()
}

interface Report extends PageFigures {
  readonly peakBytes: number | undefined
  readonly machine: string
  readonly browser: string
  readonly date: string
}

function report(figures: Report): void {
  const rows: [string, string][] = [
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
  console.log(
    `Engine ${figures.engine}, ${figures.threads} thread; ${figures.machine}; Chromium ${figures.browser}; ${figures.date}`,
  )
  console.log(`Medians of ${RUNS} runs over ${sentences.length} sentences and ${clips.length} recordings`)
  for (const [name, value] of rows) console.log(`  ${name.padEnd(30)} ${value}`)
  mkdirSync(here('results'), { recursive: true })
  writeFileSync(here('results/bench.json'), JSON.stringify(figures, null, 2))
}
