/** A grid on the real models: every cell is the take that a single run gives. */
import { afterAll, expect, it } from 'vitest'
import { finish } from './finish'
import { NO_CUTS, uncut } from '../../speech/3-units/sampling'
import { openTakeBench } from '../testing/take-bench'
import { drawGrid, type GridEvent } from './grid'
import { textToPlan } from './plan'
import { drawTakes } from './speak'

const { ladder, reference, options } = await openTakeBench()
afterAll(() => reference.dispose())

it('takes come out of a grid of 15 as out of single runs, each when it is ready', async () => {
  const shape = { temperatures: [0, 0.3, 0.6, 0.9, 1.2], seeds: [3, 4, 5], sharedNoise: 'columns' } as const
  const plan = await textToPlan(ladder, 'Two of us. The wings of the birds clapped loudly.')
  const events: GridEvent[] = []
  const takes = await finish(
    drawGrid(ladder, plan, { ...shape, voice: options.voice, cuts: NO_CUTS }),
    events,
  )
  expect(takes).toHaveLength(15)
  for (const { row, column, temperature, seed, units, durationsFrames } of takes) {
    expect({ temperature, seed }).toEqual({
      temperature: shape.temperatures[column],
      seed: shape.seeds[row],
    })
    const alone = await drawTakes(
      ladder,
      plan,
      { voice: options.voice, sampling: uncut(temperature), seed },
      1,
    )
    expect({ units, durationsFrames }, `T ${temperature}, seed ${seed}`).toEqual(alone[0])
  }
  const whole = events.flatMap((event) => (event.type === 'drawn' ? [event.take] : []))
  expect(new Set(whole)).toEqual(new Set(takes))
  expect(events.filter(({ type }) => type === 'drawing').length).toBeGreaterThan(30)
  const firstWhole = events.findIndex(({ type }) => type === 'drawn')
  expect(firstWhole).toBeLessThan(events.findLastIndex(({ type }) => type === 'drawing'))
  const meanChance = (column: number) => {
    const chances = takes
      .filter((take) => take.column === column)
      .flatMap(({ probabilities }) => probabilities)
    return chances.reduce((sum, p) => sum + p, 0) / chances.length
  }
  expect(meanChance(4)).toBeLessThan(meanChance(0))
})
