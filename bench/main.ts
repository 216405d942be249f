/**
 * Owns: `npm run bench`: everything that is measured in a real browser, one WASM thread, in one session; prints tables and
 * writes JSON to `bench/results/`. Nothing here asserts a time.
 *
 *     npm run bench                    all of it
 *     npm run bench -- --speed         the built site: load, first sound, real-time factors, memory
 *     npm run bench -- --page          how smooth the site stays, less than a minute
 *     npm run bench -- --engines       the language model alone on every engine; --runs 5
 *     npm run bench -- --peers         beside Kokoro and Whisper; --rounds 3 of A B B A, --sentences 20
 *
 * The peers' files come from `python -m bench.peers.setup`, into `.cache/bench/peers`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findChromium, QUIET_SWITCHES } from '../scripts/chromium.mjs'
import { readOptions } from '../src/cli/options'
import { openBenchPage, PEERS_FOLDER } from './bench-page'
import { printEngines } from './engine-table'
import { measurePageAtWork, smoothRows } from './page-at-work'
import { printPeers } from './peer-table'
import { printTable } from './print'
import { measureSpeed, speedRows } from './speed'
import { VOICES } from './voices'

const PARTS = ['speed', 'page', 'engines', 'peers'] as const
type Part = (typeof PARTS)[number]
const PORT = 4174
const PEERS = ['kokoro', 'whisper']

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const options = readOptions(process.argv.slice(2), {
  speed: 'boolean',
  page: 'boolean',
  engines: 'boolean',
  peers: 'boolean',
  runs: 'string',
  rounds: 'string',
  sentences: 'string',
})
const allSentences: string[] = JSON.parse(readFileSync(here('sentences.json'), 'utf8'))
const sentences = allSentences.slice(0, options.whole('sentences', allSentences.length, 1))
const runs = options.whole('runs', 5, 1)
const rounds = options.whole('rounds', 3, 1)
const asked = PARTS.filter((part) => options.flag(part))
const isWanted = (part: Part) => asked.length === 0 || asked.includes(part)

if (isWanted('speed') || isWanted('page')) await measureSite()
const withPeers = isWanted('peers') && hasPeers()
if (isWanted('engines') || withPeers) await measureOnBenchPage(withPeers)

async function measureSite(): Promise<void> {
  await build({ logLevel: 'warn' })
  const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'warn' })
  const browserServer = await chromium.launchServer({
    executablePath: findChromium() ?? 'chromium',
    args: QUIET_SWITCHES,
  })
  const browser = await chromium.connect(browserServer.wsEndpoint())
  const url = `http://localhost:${PORT}/`
  try {
    if (isWanted('speed')) {
      const figures = await measureSpeed(browser, browserServer.process().pid ?? 0, url, sentences)
      keep('bench', browser.version(), figures)
      printTable(['the site', ''], speedRows(figures))
    }
    if (isWanted('page')) {
      const figures = await measurePageAtWork(browser, url)
      keep('page', browser.version(), figures)
      printTable(['the page at work', ''], smoothRows(figures))
    }
  } finally {
    await browser.close()
    await browserServer.close()
    await server.close()
  }
}

async function measureOnBenchPage(withPeers: boolean): Promise<void> {
  const page = await openBenchPage()
  try {
    if (isWanted('engines')) {
      const figures = await page.measureEngines({ name: 'engines', runs })
      keep('engines', page.browserVersion, figures)
      printEngines(figures)
    }
    if (withPeers) {
      const figures = await page.measurePeers({ name: 'peers', sentences, voices: VOICES, rounds })
      keep('peers', page.browserVersion, figures)
      printPeers(figures)
    }
  } finally {
    await page.close()
  }
}

function hasPeers(): boolean {
  if (PEERS.every((name) => existsSync(join(PEERS_FOLDER, name, 'done')))) return true
  console.log(
    'The peers are not here and were not measured. Where training/requirements.txt is installed, fetch them with: ' +
      'python -m bench.peers.setup',
  )
  return false
}

/** Writes the figures, and says where and when they were measured. */
function keep(name: string, browser: string, figures: object): void {
  const machine = `${cpus()[0].model}, ${cpus().length} cores`
  const date = new Date().toISOString().slice(0, 10)
  const load = Number(loadavg()[1].toFixed(1))
  mkdirSync(here('results'), { recursive: true })
  const report = { machine, browser, date, loadAverage: load, ...figures }
  writeFileSync(here(`results/${name}.json`), `${JSON.stringify(report, null, 2)}\n`)
  console.log(`${machine}; Chromium ${browser}; ${date}; load ${load}`)
}
