/**
 * After one visit the page needs no server: it is stopped, the page is loaded again, speaks and listens. Another build on the
 * server takes the place of the one that was kept.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { clipPath, downloadTake, eventually, hear, heardPhones, modelsReady, openTab, say } from './parts'
import { pageHeaders } from '../scripts/headers.mjs'
import { writeOfflineList } from '../scripts/offline-list.mjs'
import { DIST, openSite } from './site'
import { lookInsideSpoken } from './takes-parts'

const VITE = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url))

/** A port that nobody has just now. */
function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The server that `npm start` runs. */
async function startPreview(port: number): Promise<ChildProcess> {
  const words = ['preview', '--host', 'localhost', '--port', String(port), '--strictPort', '--outDir', DIST]
  const server = spawn(process.execPath, [VITE, ...words], { stdio: 'ignore' })
  await expect
    .poll(() =>
      fetch(`http://localhost:${port}`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true)
  return server
}

test('with the server stopped the page opens, speaks and listens as before', async ({ page }) => {
  const port = await findPort()
  const server = await startPreview(port)
  const url = `http://localhost:${port}/`
  let before: Buffer
  try {
    await page.goto(url)
    await modelsReady(page)
    await say(page, 'The server is gone.')
    before = (await downloadTake(page)).bytes
    await page.evaluate(() => navigator.serviceWorker.ready)
  } finally {
    server.kill()
  }
  await expect
    .poll(() =>
      fetch(url).then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('gone')
  await page.reload()
  await modelsReady(page)
  await say(page, 'The server is gone.')
  expect((await downloadTake(page)).bytes.equals(before)).toBe(true)
  await page.getByRole('button', { name: /Voice$/ }).click()
  await page.getByRole('searchbox', { name: 'Find a voice' }).fill('Lewis')
  await page.getByRole('option', { name: /Lewis/ }).click()
  await say(page, 'The server is gone.')
  expect((await downloadTake(page)).bytes.equals(before)).toBe(false)
  await lookInsideSpoken(page)
  await openTab(page, 'Listen')
  await hear(page, clipPath('sense-0880.wav'))
  expect((await heardPhones(page)).length).toBeGreaterThan(15)
  await page.getByRole('button', { name: 'Rather cold hearted' }).click()
  await expect(page.getByText(/^Rather cold hearted, /)).toBeVisible()
})

/** As if something of the page had changed: the files of another build that differ. */
async function buildAnew(mark: string): Promise<ReadonlyMap<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'converge-build-'))
  try {
    await cp(DIST, folder, { recursive: true, filter: (path) => path !== join(DIST, 'models') })
    const html = await readFile(join(folder, 'index.html'), 'utf8')
    await writeFile(join(folder, 'index.html'), html.replace('<html ', `<html data-build="${mark}" `))
    writeOfflineList(folder)
    const read = (name: string) => readFile(join(folder, name))
    return new Map([
      ['/', await read('index.html')],
      ['/offline.js', await read('offline.js')],
      ['/offline.json', await read('offline.json')],
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('another build takes the place of the one that was kept', async ({ page }) => {
  // Browsers may keep such files in a cache of their own.
  const site = await openSite({ ...pageHeaders, 'Cache-Control': 'max-age=3600' })
  const kept = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('converge-page-')))
  try {
    await page.goto(site.url)
    await modelsReady(page)
    await page.evaluate(() => navigator.serviceWorker.ready)
    const [first] = await kept()
    const next = await buildAnew('next')
    site.answer = (path) => {
      const bytes = next.get(path)
      return bytes && { bytes }
    }
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    await eventually(async () => (await kept()).some((name) => name !== first)).toBe(true)
    await eventually(async () => (await kept()).length).toBe(1)
  } finally {
    await site.close()
  }
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-build', 'next')
  await modelsReady(page)
})
