/**
 * The two ways to the shader sources give the same ones.
 */
import { expect, it } from 'vitest'
import { bundledShaders } from './shaders'
import { readShaders } from './shaders-disk'

it('finds the same shaders in the bundle and on disk', () => {
  const sort = (shaders: ReadonlyMap<string, string>) => [...shaders].toSorted(([a], [b]) => (a < b ? -1 : 1))
  expect(sort(readShaders())).toEqual(sort(bundledShaders))
  expect(bundledShaders.size).toBeGreaterThan(20)
})
