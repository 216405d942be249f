/**
 * After one visit the page needs no server: it is stopped, the page is loaded again, speaks and listens.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { clipPath, downloadTake, hear, heardPhones, modelsReady, openTab, say } from './parts'
import { DIST } from './site'

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
  await openTab(page, 'Listen')
  await hear(page, clipPath('sense-0880.wav'))
  expect((await heardPhones(page)).length).toBeGreaterThan(15)
  await page.getByRole('button', { name: 'Rather cold hearted' }).click()
  await expect(page.getByText(/^Rather cold hearted, /)).toBeVisible()
})
