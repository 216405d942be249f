/**
 * Owns: `npm run bench`: everything that is measured in a real browser, one WASM thread, in one session; prints tables and
 * writes JSON to `bench/results/`. Nothing here asserts a time.
 *
 *     npm run bench                    all of it
 *     npm run bench -- --speed         the built site: load, first sound, real-time factors, memory of a visit; --runs 5
 *     npm run bench -- --page          how smooth the site stays, less than a minute
 *     npm run bench -- --engines       the language model alone on every engine; --runs 5
 *     npm run bench -- --peers         beside Kokoro and Whisper; --rounds 3 of A B B A, --sentences 20
 *
 * Parts may be named together. A number reaches the parts that it stands beside, and no others. The peers' files come from
 * `python -m bench.peers.setup`, into `.cache/bench/peers`.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findChromium, QUIET_SWITCHES } from '../scripts/chromium.mjs'
import { usageError } from '../src/cli/options'
import { openBenchPage, PEERS_FOLDER } from './bench-page'
import { printEngines } from './engine-table'
import { readFlags } from './flags'
import { measurePageAtWork, smoothRows } from './page-at-work'
import { printPeers } from './peer-table'
import { printTable } from './print'
import { keep } from './results'
import { SENTENCES } from './sentences'
import { measureSpeed, speedRows } from './speed'
import { VOICES } from './voices'

const PARTS = ['speed', 'page', 'engines', 'peers'] as const
type Part = (typeof PARTS)[number]
/** The parts that a number reaches. */
const REACH: Readonly<Record<string, readonly Part[]>> = {
  runs: ['speed', 'engines'],
  rounds: ['peers'],
  sentences: ['peers'],
}
const PORT = 4174
const PEERS = ['kokoro', 'whisper']

const { wanted, runs, rounds, peerSentences } = readFlags(
  {
    speed: 'boolean',
    page: 'boolean',
    engines: 'boolean',
    peers: 'boolean',
    runs: 'string',
    rounds: 'string',
    sentences: 'string',
  },
  (options) => {
    const asked = PARTS.filter((part) => options.flag(part))
    const parts = asked.length === 0 ? PARTS : asked
    for (const [name, reached] of Object.entries(REACH)) {
      if (options.text(name) !== undefined && !reached.some((part) => parts.includes(part)))
        throw usageError(`--${name} goes with --${reached.join(' or --')}.`)
    }
    return {
      wanted: new Set(parts),
      runs: options.whole('runs', 5, 1),
      rounds: options.whole('rounds', 3, 1),
      peerSentences: SENTENCES.slice(0, options.whole('sentences', SENTENCES.length, 1)),
    }
  },
)

if (wanted.has('speed') || wanted.has('page')) await measureSite()
const withPeers = wanted.has('peers') && hasPeers()
if (wanted.has('engines') || withPeers) await measureOnBenchPage()

async function measureSite(): Promise<void> {
  await build({ logLevel: 'warn' })
  const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'warn' })
  const browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: QUIET_SWITCHES,
  })
  const url = `http://localhost:${PORT}/`
  try {
    if (wanted.has('speed')) {
      const figures = await measureSpeed(browser, url, SENTENCES, runs)
      keep('bench', figures, `Chromium ${browser.version()}`)
      printTable(['the site', ''], speedRows(figures))
    }
    if (wanted.has('page')) {
      const figures = await measurePageAtWork(browser, url)
      keep('page', figures, `Chromium ${browser.version()}`)
      printTable(['the page at work', ''], smoothRows(figures))
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function measureOnBenchPage(): Promise<void> {
  const page = await openBenchPage()
  const runtime = `Chromium ${page.browserVersion}`
  try {
    if (wanted.has('engines')) {
      const figures = await page.measureEngines({ name: 'engines', runs })
      keep('engines', figures, runtime)
      printEngines(figures)
    }
    if (withPeers) {
      const figures = await page.measurePeers({
        name: 'peers',
        sentences: peerSentences,
        voices: VOICES,
        rounds,
      })
      keep('peers', figures, runtime)
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
