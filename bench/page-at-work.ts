/**
 * Owns: whether the page stays smooth while it works: the browser's long-task entries (tasks of the page's thread of over
 * 50 ms) while takes are drawn, and how long a move of the temperature slider takes until the new bars are laid out.
 */
import type { Browser, Locator, Page } from '@playwright/test'
import type { Row } from './print'
import { longestTaskCpuMs } from './task-times'

export interface PageAtWork {
  readonly gridRuns: number
  readonly takesOfEach: number
  /** Over all runs. */
  readonly longTasks: number
  /** 0 where no task took over 50 ms. */
  readonly longestTaskMs: number
  /** Of a run more: in processor time, whatever else the machine does. */
  readonly longestTaskCpuMs: number
  readonly sliderMoves: number
  /** From the slider's event to the new layout, script and styles included. */
  readonly sliderMedianMs: number
  readonly sliderWorstMs: number
}

const TEXT = 'The quick brown fox jumps over the lazy dog.'
const GRID_RUNS = 5
const TAKES = 15
/** The plots are drawn after the last take. */
const SETTLED_MS = 1500
const SLIDER_MOVES = 120
const SLIDER_STEP = 24
const WAIT_MS = 60_000

export async function measurePageAtWork(browser: Browser, url: string): Promise<PageAtWork> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(WAIT_MS)
    // tsx compiles every function with a call of this helper, which the page lacks.
    await page.addInitScript('globalThis.__name = (named) => named')
    await page.addInitScript(() => {
      const watched = globalThis as unknown as { longTasksMs: number[] }
      watched.longTasksMs = []
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) watched.longTasksMs.push(duration)
      }).observe({ type: 'longtask' })
    })
    await page.goto(`${url}#v=1&text=${encodeURIComponent(TEXT)}`)
    await statusSaying(page, 'Engine', 'Language model').waitFor()
    const longTasksMs: number[] = []
    for (let run = 0; run < GRID_RUNS; run++) longTasksMs.push(...(await drawGrid(page)))
    const cpuMs = await longestTaskCpuMs(browser, page, () => drawGrid(page))
    const slider = (await moveSlider(page)).toSorted((a, b) => a - b)
    return {
      gridRuns: GRID_RUNS,
      takesOfEach: TAKES,
      longTasks: longTasksMs.length,
      longestTaskMs: Math.max(0, ...longTasksMs),
      longestTaskCpuMs: cpuMs,
      sliderMoves: slider.length,
      sliderMedianMs: slider[Math.floor(slider.length / 2)],
      sliderWorstMs: slider[slider.length - 1],
    }
  } finally {
    await context.close()
  }
}

const statusSaying = (page: Page, name: string, text: string | RegExp): Locator =>
  page.getByRole('status', { name, exact: true }).filter({ hasText: text })

/** @returns the long tasks from the press to the settled plots, in ms */
async function drawGrid(page: Page): Promise<number[]> {
  await takeLongTasks(page)
  await page.getByRole('button', { name: 'Draw grid', exact: true }).click()
  await statusSaying(page, 'Takes', 'Drawing the grid').waitFor()
  await statusSaying(page, 'Takes', `Done: ${TAKES} takes.`).waitFor()
  await page.waitForTimeout(SETTLED_MS)
  return takeLongTasks(page)
}

const takeLongTasks = (page: Page): Promise<number[]> =>
  page.evaluate(() => (globalThis as unknown as { longTasksMs: number[] }).longTasksMs.splice(0))

/** @returns the time of each move, in ms */
async function moveSlider(page: Page): Promise<number[]> {
  await page
    .getByRole('button', { name: /^Look inside T 0.9/ })
    .first()
    .click()
  await statusSaying(page, 'Chances', /steps read/).waitFor()
  await page.getByRole('slider', { name: 'Step', exact: true }).fill(String(SLIDER_STEP))
  // A unit, whatever was drawn: its digits are on the page too.
  await page.getByRole('listbox', { name: 'Chances at this step' }).press('End')
  await page.getByRole('figure', { name: /What the digits/ }).waitFor()
  return page.getByRole('slider', { name: 'Temperature' }).evaluate(async (slider, moves) => {
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    const list = document.querySelector<HTMLElement>('.chances-list')
    if (!setValue || !list) throw new Error('There is no slider or there are no bars.')
    const shown = () => list.innerHTML
    const timesMs: number[] = []
    for (let move = 0; move < moves; move++) {
      await new Promise(requestAnimationFrame)
      const before = shown()
      const startMs = performance.now()
      setValue.call(slider, String(0.2 + 0.05 * (move % 30)))
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      // React draws what an event changed in a microtask right after it.
      await Promise.resolve()
      list.getBoundingClientRect()
      timesMs.push(performance.now() - startMs)
      if (move > 0 && shown() === before) throw new Error('The bars did not follow the slider.')
    }
    return timesMs
  }, SLIDER_MOVES)
}

export function smoothRows(page: PageAtWork): readonly Row[] {
  const { gridRuns, takesOfEach, longTasks, longestTaskMs } = page
  return [
    [
      `tasks over 50 ms, ${gridRuns} grids of ${takesOfEach}`,
      longTasks === 0 ? 'none' : `${longTasks}, the longest ${Math.round(longestTaskMs)} ms`,
    ],
    ['the longest, processor time', `${page.longestTaskCpuMs.toFixed(1)} ms`],
    ['a move of the slider, median', `${page.sliderMedianMs.toFixed(1)} ms`],
    ['a move of the slider, worst', `${page.sliderWorstMs.toFixed(1)} ms`],
  ]
}
