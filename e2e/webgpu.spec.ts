/**
 * The language model on WebGPU, on the software adapter that Chromium brings: it is measured and found slower, so nobody
 * gets it unasked; asked for, it speaks what WebAssembly speaks, and when its device is lost half-way the take goes on.
 */
import { expect, test, type Page } from '@playwright/test'
import { launchWith, PLAYED } from './launch'
import { downloadTake, modelsReady, say, setSeed, status } from './parts'
import { openSite, type Site } from './site'

test.use({
  launchOptions: launchWith(PLAYED, ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']),
})

const WORKER = /^\/assets\/speech\.worker-.+\.js$/
const CHANNEL = 'lose-the-device'
/** In front of the worker's own script: a message says after how many submits the newest device is destroyed. */
const SABOTAGE = `{
  let device, left = Infinity
  const { requestDevice } = GPUAdapter.prototype
  GPUAdapter.prototype.requestDevice = async function (...call) {
    return (device = await requestDevice.apply(this, call))
  }
  const { submit } = GPUQueue.prototype
  GPUQueue.prototype.submit = function (...call) {
    left -= 1
    if (left === 0) device.destroy()
    return submit.apply(this, call)
  }
  new BroadcastChannel('${CHANNEL}').addEventListener('message', ({ data }) => (left = data))
}`
/** The prefix takes a few submits, every token one or less. */
const HALF_WAY_SUBMITS = 40

const TEXT = 'Yes.'

let site: Site
test.beforeEach(async () => {
  site = await openSite()
  site.answer = (path, file) =>
    WORKER.test(path) ? { bytes: Buffer.concat([Buffer.from(SABOTAGE), file]) } : undefined
})
test.afterEach(() => site.close())

const runOn = (page: Page) => page.getByRole('button', { name: 'Run on' })
const engineOption = (page: Page, title: string) => page.getByRole('option', { name: title })

test('WebGPU speaks what WebAssembly speaks, also when its device is lost half-way', async ({ page }) => {
  await page.goto(site.url)
  await modelsReady(page)
  await expect(status(page, 'Engine')).toContainText('own kernels on WebAssembly')
  await page.getByRole('button', { name: 'Why this one?' }).click()
  await expect(page.getByRole('dialog', { name: 'Why this engine' })).toContainText(
    'It gave the known answers here.',
  )
  await page.keyboard.press('Escape')
  await setSeed(page, 5)
  await say(page, TEXT)
  const wanted = await downloadTake(page)

  await runOn(page).click()
  await expect(engineOption(page, 'WebGPU')).toContainText(
    /Slower here: \d+ tokens a second on the adapter “.*swiftshader.*”, \d+ tokens a second on WebAssembly/,
  )
  await engineOption(page, 'WebGPU').click()
  await expect(status(page, 'Engine')).toContainText('own kernels on WebGPU')
  await say(page, TEXT)
  expect((await downloadTake(page)).bytes.equals(wanted.bytes)).toBe(true)

  const notice = page.getByRole('status', { name: 'What happened to the engine' })
  await expect(notice).toHaveText('')
  await page.evaluate(([name, submits]) => new BroadcastChannel(name).postMessage(submits), [
    CHANNEL,
    HALF_WAY_SUBMITS,
  ] as const)
  await say(page, TEXT)
  await expect(notice).toHaveText(
    'The graphics device was lost. What was under way went on, with the same tokens, on a new one.',
  )
  expect((await downloadTake(page)).bytes.equals(wanted.bytes)).toBe(true)
})

test('the engine that a person chose is there again on the next visit', async ({ page }) => {
  site.answer = () => undefined
  await page.goto(site.url)
  await modelsReady(page)
  await runOn(page).click()
  await engineOption(page, 'ONNX Runtime').click()
  await expect(status(page, 'Engine')).toContainText('ONNX Runtime on WebAssembly')
  await page.reload()
  await expect(status(page, 'Engine')).toContainText('ONNX Runtime on WebAssembly')
  await expect(runOn(page)).toContainText('ONNX Runtime')
})
