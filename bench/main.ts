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
const browser = await chromium.launch({
  executablePath: findChromium() ?? 'chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
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
  report({ ...figures, machine, browser: browser.version(), date: new Date().toISOString().slice(0, 10) })
} finally {
  await browser.close()
  await server.close()
}

function report(figures: PageFigures & { machine: string; browser: string; date: string }): void {
  const rows: [string, string][] = [
    ['load, cold', `${(figures.coldLoadMs / 1000).toFixed(2)} s`],
    ['load, from the cache', `${(figures.warmLoadMs / 1000).toFixed(2)} s`],
    ['downloaded on a first visit', `${(figures.downloadedBytes / 1e6).toFixed(1)} MB`],
    ['first sound after Speak', `${Math.round(figures.firstSampleMs)} ms`],
    ['say, real-time factor', figures.sayRealTimeFactor.toFixed(3)],
    ['listen, real-time factor', figures.listenRealTimeFactor.toFixed(3)],
    [
      'memory after all runs',
      figures.memoryBytes ? `${Math.round(figures.memoryBytes / 1e6)} MB` : 'not measurable',
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
