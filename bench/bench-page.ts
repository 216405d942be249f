/**
 * Owns: the bench's own page (`bench/browser`): built by Vite, served with the site's headers beside the site's models, the
 * peers' files and the recordings of people, and opened in Chromium on whatever WebGPU adapter the machine has, else on the
 * software adapter that Chromium brings.
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build, preview, type InlineConfig, type Plugin } from 'vite'
import { findChromium, QUIET_SWITCHES } from '../scripts/chromium.mjs'
import { pageHeaders } from '../scripts/headers.mjs'
import type { EngineFigures, EnginesTask, PeerFigures, PeersTask } from './browser/tasks'

const PORT = 4175
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const PEERS_FOLDER = here('../.cache/bench/peers/')
/** Beginnings of paths and the folders behind them. */
const FOLDERS: Readonly<Record<string, string>> = {
  '/models/': here('../public/models/'),
  '/peers/': PEERS_FOLDER,
  '/people/': here('../e2e/fixtures/librivox/'),
}

const WEBGPU = '--enable-unsafe-webgpu'
const SOFTWARE_ADAPTER = '--use-webgpu-adapter=swiftshader'

export interface BenchPage {
  readonly browserVersion: string
  measureEngines(task: EnginesTask): Promise<EngineFigures>
  measurePeers(task: PeersTask): Promise<PeerFigures>
  close(): Promise<void>
}

export async function openBenchPage(): Promise<BenchPage> {
  const site: InlineConfig = {
    configFile: false,
    root: here('browser'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [serveFolders()],
    worker: { format: 'es' },
    build: {
      outDir: here('../.cache/bench/page'),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
    },
    preview: { port: PORT, strictPort: true, headers: pageHeaders },
  }
  await build(site)
  const server = await preview(site)
  const { browser, page } = await openBrowser(`http://localhost:${PORT}/`)
  page.on('console', (message) => console.error(message.text()))
  return {
    browserVersion: browser.version(),
    measureEngines: async (task) => (await page.evaluate((asked) => runBench(asked), task)) as EngineFigures,
    measurePeers: async (task) => (await page.evaluate((asked) => runBench(asked), task)) as PeerFigures,
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

async function openBrowser(url: string): Promise<{ browser: Browser; page: Page }> {
  const open = async (args: readonly string[]) => {
    const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: [...args] })
    const page = await browser.newPage()
    await page.goto(url)
    return { browser, page }
  }
  const opened = await open([...QUIET_SWITCHES, WEBGPU])
  const hasAdapter = await opened.page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()))
  if (hasAdapter) return opened
  await opened.browser.close()
  return open([...QUIET_SWITCHES, WEBGPU, SOFTWARE_ADAPTER])
}

function serveFolders(): Plugin {
  const serve = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench')
    const start = Object.keys(FOLDERS).find((beginning) => pathname.startsWith(beginning))
    if (!start) return next()
    const file = join(FOLDERS[start], normalize(`/${pathname.slice(start.length)}`))
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { ...pageHeaders, 'Content-Length': statSync(file).size })
    createReadStream(file).pipe(response)
  }
  return {
    name: 'bench-folders',
    configurePreviewServer: (server) => void server.middlewares.use(serve),
  }
}
