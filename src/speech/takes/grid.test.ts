import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { gridCells } from './grid'

const shape = { temperatures: [0.3, 0.9], seeds: [1, 5, 6] }

it('cells share the noise that they are asked to share', () => {
  const seeds = (sharedNoise: 'none' | 'columns' | 'rows') =>
    gridCells({ ...shape, sharedNoise }).map(({ seed }) => seed)
  expect(seeds('columns')).toEqual([1, 1, 5, 5, 6, 6])
  expect(seeds('rows')).toEqual([1, 7, 1, 7, 1, 7])
  expect(seeds('none')).toEqual([1, 7, 5, 11, 6, 12])
})

it('cells that share no noise have seeds of their own, whatever the rows have', () => {
  const seeds = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 8 }), (seeds, columns) => {
      const temperatures = Array.from({ length: columns }, (_, i) => i / 10)
      const cells = gridCells({ temperatures, seeds, sharedNoise: 'none' })
      expect(new Set(cells.map(({ seed }) => seed)).size).toBe(cells.length)
      expect(cells.every(({ seed, soundSeed }) => seed === soundSeed)).toBe(true)
    }),
  )
})

it('no cell, or too many, are no grid', () => {
  expect(() => gridCells({ ...shape, seeds: [], sharedNoise: 'none' })).toThrow(/1 to 64/)
  const many = Array.from({ length: 33 }, (_, i) => i)
  expect(() => gridCells({ ...shape, seeds: many, sharedNoise: 'none' })).toThrow(/has 66/)
})
