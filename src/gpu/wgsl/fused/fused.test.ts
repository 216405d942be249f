/**
 * The fused kernels against their references: batches of 1 to 16 rows at positions from 0 to 1,023, both ways to reduce,
 * one and four lanes. The references sum in float64, so what differs is float32's rounding.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeAdapter, findDawnAdapter } from '../../testing/dawn'
import {
  contextFor,
  makeBatches,
  makeLongBatch,
  MODES,
  openKernelFixture,
  paddedRows,
  worst,
  type KernelFixture,
} from '../../testing/kernel-fixture'
import { runKernel } from '../../testing/kernels'
import { unpackHalves } from '../half'
import { compileAttend } from './attend'
import { attendCpu } from './attend.cpu'
import { compileGate } from './gate'
import { gateCpu } from './gate.cpu'
import { compileHead } from './head'
import { headCpu } from './head.cpu'
import { rowsToTile, type Tile } from './matrix'
import { compileProject } from './project'
import { projectCpu } from './project.cpu'
import { compileQkv } from './qkv'
import { qkvCpu } from './qkv.cpu'

const LAYER = 3
/** float32 sums of up to 1,024 products of order 1. */
const ROUNDING = 2e-5
/** A half has 11 bits; the last may fall either way. */
const HALF_ROUNDING = 2 ** -10

const adapter = await findDawnAdapter()

describe.skipIf(typeof adapter === 'string')(`fused kernels on ${describeAdapter(adapter)}`, () => {
  let fixture: KernelFixture
  beforeAll(async () => {
    if (typeof adapter !== 'string') fixture = await openKernelFixture(adapter)
  })
  afterAll(() => fixture?.device.destroy())

  /** Compiles for both tiles. @returns the one for so many rows */
  async function forTiles<T>(compile: (tile: Tile) => Promise<T>): Promise<(rows: number) => T> {
    const tiles = { 1: await compile(1), 4: await compile(4) }
    return (rows) => tiles[rowsToTile(rows)]
  }

  describe.each(MODES)('$reduction, $lanes lanes', { timeout: 600_000 }, (mode) => {
    it('qkv', async () => {
      const { device, model, weights } = fixture
      const { dim } = model.shape
      const kernelFor = await forTiles((tile) => compileQkv(contextFor(fixture, mode), tile))
      for (const { rows, packed, values, makeCache } of makeBatches(fixture)) {
        const input = values(dim, 3)
        const cache = makeCache()
        const wanted = qkvCpu(model, LAYER, rows, input, cache)
        const found = await runKernel(
          device,
          kernelFor(rows.length),
          {
            weights: weights.file,
            place: weights.layers[LAYER].qkv,
            turns: model.turns,
            rows: packed,
            input: paddedRows(input, rows.length),
            queries: paddedRows(new Float32Array(input.length), rows.length),
            cache,
          },
          rows.length,
          ['queries', 'cache'],
        )
        expect(worst(new Float32Array(found.queries), wanted.queries)).toBeLessThan(ROUNDING)
        const halves = unpackHalves(new Uint32Array(found.cache))
        expect(worst(halves, unpackHalves(wanted.cache))).toBeLessThan(HALF_ROUNDING)
      }
    })

    it('attend, also past one stretch', async () => {
      const { device, model } = fixture
      const { dim } = model.shape
      const kernel = await compileAttend(contextFor(fixture, mode))
      for (const { rows, packed, values, makeCache } of [...makeBatches(fixture), makeLongBatch(fixture)]) {
        const queries = values(dim, 2)
        const cache = makeCache()
        const inputs = { rows: packed, queries, cache, mixed: new Float32Array(queries.length) }
        const { mixed } = await runKernel(device, kernel, inputs, rows.length, ['mixed'])
        expect(worst(new Float32Array(mixed), attendCpu(model, rows, queries, cache))).toBeLessThan(ROUNDING)
      }
    })

    it.each(['out', 'down'] as const)('project (%s)', async (name) => {
      const { device, model, weights } = fixture
      const matrix = model.layers[LAYER][name]
      const kernelFor = await forTiles((tile) =>
        compileProject(contextFor(fixture, mode), tile, matrix.columns),
      )
      for (const { rows, packed, values } of makeBatches(fixture)) {
        const [input, stream] = [values(matrix.columns), values(matrix.rows)]
        const inputs = {
          weights: weights.file,
          place: weights.layers[LAYER][name],
          rows: packed,
          input: paddedRows(input, rows.length),
          stream: paddedRows(stream, rows.length),
        }
        const found = await runKernel(device, kernelFor(rows.length), inputs, rows.length, ['stream'])
        expect(worst(new Float32Array(found.stream), projectCpu(matrix, input, stream))).toBeLessThan(
          ROUNDING,
        )
      }
    })

    it('gate', async () => {
      const { device, model, weights } = fixture
      const { dim, ff } = model.shape
      const kernelFor = await forTiles((tile) => compileGate(contextFor(fixture, mode), tile))
      for (const { rows, packed, values } of makeBatches(fixture)) {
        const input = values(dim, 3)
        const inputs = {
          weights: weights.file,
          place: weights.layers[LAYER].gate,
          rows: packed,
          input: paddedRows(input, rows.length),
          inner: paddedRows(new Float32Array(rows.length * ff), rows.length),
        }
        const { inner } = await runKernel(device, kernelFor(rows.length), inputs, rows.length, ['inner'])
        expect(worst(new Float32Array(inner), gateCpu(model, LAYER, input))).toBeLessThan(ROUNDING)
      }
    })

    it('head', async () => {
      const { device, model, weights } = fixture
      const { dim, vocabularySize } = model.shape
      const kernelFor = await forTiles((tile) => compileHead(contextFor(fixture, mode), tile))
      for (const { rows, packed, values } of makeBatches(fixture)) {
        const [input, before] = [values(dim, 3), values(vocabularySize)]
        const inputs = {
          weights: weights.file,
          place: weights.head,
          rows: packed,
          input: paddedRows(input, rows.length),
          logits: before,
        }
        const { logits } = await runKernel(device, kernelFor(rows.length), inputs, rows.length, ['logits'])
        expect(worst(new Float32Array(logits), headCpu(model, rows, input, before))).toBeLessThan(ROUNDING)
      }
    })
  })
})
