/**
 * Safe by default: the headers that are promised, no word to any other origin, no breach of the page's own policy, and
 * the page without isolation, without storage and without WebGPU.
 */
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { pageHeaders } from '../scripts/headers.mjs'
import {
  button,
  clipPath,
  downloadTake,
  errorNote,
  eventually,
  hear,
  heardPhones,
  modelsReady,
  openTab,
  say,
  status,
} from './parts'
import { openSite, type Site } from './site'

let site: Site
test.afterEach(() => site?.close())

/** Puts a line of code before the speech worker's own: a test can't reach into a worker any other way. */
function beforeWorker(code: string): void {
  site.answer = (path, file) =>
    /\/speech\.worker-.*\.js$/.test(path)
      ? { bytes: Buffer.concat([Buffer.from(`${code};\n`), file]) }
      : undefined
}

/** Where requests went that are not the site's own. */
function watchOrigins(context: BrowserContext): string[] {
  const foreign: string[] = []
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(site.url).origin) foreign.push(request.url())
  })
  return foreign
}

async function watchViolations(page: Page): Promise<string[]> {
  const violations: string[] = []
  page.on('console', (message) => {
    if (/Content.Security.Policy|violates/i.test(message.text())) violations.push(message.text())
  })
  await page.exposeFunction('noteViolation', (text: string) => violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteViolation } = window as unknown as { noteViolation(text: string): void }
      noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  return violations
}

async function speakAndListen(page: Page): Promise<void> {
  await modelsReady(page)
  await say(page, 'Nothing leaves this page.')
  await button(page, 'Play').click()
  expect((await downloadTake(page)).bytes.length).toBeGreaterThan(10_000)
  await openTab(page, 'Listen')
  await hear(page, clipPath('sense-0880.wav'))
  expect((await heardPhones(page)).length).toBeGreaterThan(15)
}

test('every file comes with the promised headers, and the policy has no holes', async ({ request }) => {
  const page = await (await request.get('/')).text()
  const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
  expect(script).not.toBe('')
  for (const path of ['/', script, '/models/manifest.json', '/offline.js']) {
    const headers = (await request.get(path)).headers()
    for (const [name, value] of Object.entries(pageHeaders)) expect(headers[name.toLowerCase()]).toBe(value)
  }
  const policy = pageHeaders['Content-Security-Policy'].replace("'wasm-unsafe-eval'", '')
  expect(policy).toMatch(/^default-src 'none'/)
  expect(policy).not.toMatch(/unsafe|\*|https?:|wss?:/)
  expect(pageHeaders['Permissions-Policy']).toContain('microphone=(self)')
})

test('a whole session: no request to another origin, no breach of the policy', async ({ context, page }) => {
  // The browser reports breaches in workers as well.
  const policy = `${pageHeaders['Content-Security-Policy']}; report-uri /csp-report`
  site = await openSite({ ...pageHeaders, 'Content-Security-Policy': policy })
  const foreign = watchOrigins(context)
  const violations = await watchViolations(page)
  await page.goto(site.url)
  await speakAndListen(page)
  await button(page, 'Record').click()
  await button(page, 'Stop recording').click()
  await button(page, 'Keyboard help').click()
  await page.keyboard.press('Escape')
  await page.evaluate(() => navigator.serviceWorker.ready)
  expect(foreign).toEqual([])
  expect(violations).toEqual([])
  expect(site.reports).toEqual([])

  // The watch itself works: a forbidden picture is noticed both ways.
  await page.evaluate(() => {
    new Image().src = 'https://example.invalid/picture.png'
  })
  await eventually(() => violations.length).toBeGreaterThan(0)
  await eventually(() => site.reports.length).toBeGreaterThan(0)
})

test('without cross-origin isolation it speaks and listens, on one thread', async ({ page }) => {
  const isIsolation = /^Cross-Origin/
  const headers = Object.entries(pageHeaders).filter(([name]) => !isIsolation.test(name))
  site = await openSite(Object.fromEntries(headers))
  await page.goto(site.url)
  expect(await page.evaluate(() => crossOriginIsolated || 'SharedArrayBuffer' in window)).toBe(false)
  await speakAndListen(page)
  await expect(status(page, 'Engine')).toContainText('1 thread')
})

const storageFaults: readonly (readonly [what: string, code: string])[] = [
  ['refused', "caches.open = () => Promise.reject(new DOMException('refused', 'SecurityError'))"],
  ['full', "Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))"],
]
for (const [what, code] of storageFaults) {
  test(`storage that is ${what}: everything works, and it says that the models load again`, async ({
    page,
  }) => {
    site = await openSite()
    beforeWorker(code)
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('refused', 'SecurityError')
        },
      })
    })
    await page.goto(site.url)
    await modelsReady(page)
    await expect(page.getByText(/next visit loads them again/)).toBeVisible()
    await page.getByText('Dark', { exact: true }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await speakAndListen(page)
  })
}

test('without WebGPU it speaks and listens', async ({ page }) => {
  site = await openSite()
  beforeWorker("Object.defineProperty(WorkerNavigator.prototype, 'gpu', { get: () => undefined })")
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined })
  })
  await page.goto(site.url)
  await speakAndListen(page)
  await expect(status(page, 'Engine')).toContainText('WebAssembly')
})

test('a view that cannot be drawn says so; the other views and the takes stay, and it is drawn again when asked', async ({
  page,
}) => {
  site = await openSite()
  await page.goto(site.url)
  await expect(button(page, 'Play')).toBeVisible()
  await page.evaluate(() => {
    const canvas = HTMLCanvasElement.prototype
    const { getContext } = canvas
    canvas.getContext = () => {
      throw new Error('no canvas today')
    }
    addEventListener('canvas-again', () => Object.assign(canvas, { getContext }))
  })
  await page.setViewportSize({ width: 900, height: 700 })
  await expect(errorNote(page)).toHaveText('Something went wrong inside: no canvas today')
  await openTab(page, 'Listen')
  await expect(button(page, 'Record')).toBeVisible()
  await openTab(page, 'Speak')
  await expect(errorNote(page)).toBeVisible()
  await page.evaluate(() => dispatchEvent(new Event('canvas-again')))
  await button(page, 'Show it again').click()
  await expect(button(page, 'Play')).toBeVisible()
  await expect(errorNote(page)).toHaveCount(0)
})
