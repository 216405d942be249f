/** All takes in one zip: for each take its sound, a TextGrid and a JSON, which agree with one another. */
import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { bytesToSound, button, modelsReady } from './parts'
import { zipEntries } from './zip-entries'

test('a grid of four takes is downloaded whole', async ({ page }) => {
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto('/#v=1&text=Fine.&T=0,0.9&seeds=3,4&pitch=2')
  await modelsReady(page)
  await button(page, 'Draw grid').click()
  await expect(page.getByTestId('take-tile')).toHaveCount(4)
  await expect(button(page, 'Draw grid')).toBeEnabled()
  const arriving = page.waitForEvent('download')
  await button(page, 'Download all takes').click()
  const download = await arriving
  expect(download.suggestedFilename()).toBe('fine_4takes.zip')
  const entries = zipEntries(await readFile(await download.path()))
  expect(entries.size).toBe(12)
  const stems = [...entries.keys()].filter((name) => name.endsWith('.wav')).map((name) => name.slice(0, -4))
  expect(stems.toSorted()).toEqual([
    'fine_01_Heart_T0_seed3',
    'fine_02_Heart_T0.9_seed3',
    'fine_03_Heart_T0_seed4',
    'fine_04_Heart_T0.9_seed4',
  ])
  for (const stem of stems) {
    const { samples, sampleRateHz } = bytesToSound(entries.get(`${stem}.wav`) ?? Buffer.alloc(0))
    const about: { units: number[]; durationsFrames: number[]; moves: object; tiers: { name: string }[] } =
      JSON.parse(String(entries.get(`${stem}.json`)))
    expect(samples.length / sampleRateHz).toBeCloseTo(about.units.length / 40, 5)
    expect(about.durationsFrames.reduce((sum, frames) => sum + frames, 0)).toBe(about.units.length)
    expect(about.moves).toMatchObject({ pitchSemitones: 2 })
    expect(about.tiers.map(({ name }) => name)).toEqual(['words', 'phones', 'units'])
    const textGrid = String(entries.get(`${stem}.TextGrid`))
    expect(textGrid).toContain('Object class = "TextGrid"')
    expect(textGrid).toContain('text = "fine"')
  }
  expect(problems).toEqual([])
})
