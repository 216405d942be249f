/**
 * Owns: what tests of kernels have in common: a device, the model on both sides, batches of rows with seeded numbers, and
 * the measure of a difference.
 */
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import { readCpuModel, type CpuModel } from '../wgsl/cpu-model'
import { packHalves } from '../wgsl/half'
import type { KernelContext, Reduction } from '../wgsl/kernel'
import { MAX_ROWS, packRows, type Row } from '../wgsl/rows'
import { manifestToShape } from '../wgsl/shape'
import { bundledShaders } from '../wgsl/shaders'
import { createTurns } from '../wgsl/turns'
import { uploadWeights, type DeviceWeights } from '../wgsl/weights'
import { requestTestDevice, type DawnAdapter } from './dawn'
import { drawInteger, randomNumbers } from './random'
import { readTestModel } from './test-model'

export interface KernelFixture {
  readonly device: GPUDevice
  readonly vocabulary: Vocabulary
  readonly model: CpuModel
  readonly weights: DeviceWeights
}

export const MODES = [
  { reduction: 'workgroup', lanes: 1 },
  { reduction: 'workgroup', lanes: 4 },
  { reduction: 'subgroup', lanes: 4 },
] as const satisfies readonly Partial<KernelContext>[]

export const REDUCTIONS = ['workgroup', 'subgroup'] as const satisfies readonly Reduction[]

export const MAX_POSITIONS = 1024

export async function openKernelFixture(adapter: DawnAdapter): Promise<KernelFixture> {
  const device = await requestTestDevice(adapter)
  const { manifest, vocabulary, weights } = readTestModel()
  const shape = manifestToShape(manifest, vocabulary)
  const model = readCpuModel(weights, shape, createTurns(shape, MAX_POSITIONS))
  return { device, vocabulary, model, weights: uploadWeights(device, weights, shape) }
}

export const contextFor = (
  { device, model }: KernelFixture,
  mode: (typeof MODES)[number],
): KernelContext => ({
  device,
  shape: model.shape,
  shaders: bundledShaders,
  ...mode,
})

/** Rows of a test and what they work on. */
export interface KernelBatch {
  readonly rows: readonly Row[]
  readonly packed: Uint32Array
  /** Numbers (row, width) up to `scale` on both sides of 0. */
  values(width: number, scale?: number): Float32Array
  /** Half-precision numbers for every position of every row's stream. */
  makeCache(): Uint32Array
}

/** Batches of 1 to 16 rows; together they touch the ends of every tile and workgroup. */
export function makeBatches(fixture: KernelFixture): KernelBatch[] {
  const firsts = [0, 1023, 1, 300, 15, 127, 128]
  return [1, 2, 3, 4, 8, 9, 16].map((count, i) => {
    const random = randomNumbers(count)
    const given = [firsts[i], 255, 64]
    return makeBatch(
      fixture,
      Array.from({ length: count }, (_, row) => given[row] ?? drawInteger(random, 700)),
    )
  })
}

/** Longer than what attention looks at in one stretch, twice. */
export const makeLongBatch = (fixture: KernelFixture): KernelBatch => makeBatch(fixture, [2100, 1024])

function makeBatch({ model, vocabulary }: KernelFixture, positions: readonly number[]): KernelBatch {
  const random = randomNumbers(positions.length)
  let base = 0
  const rows = positions.map((position, slot): Row => {
    const time = Math.floor(position * 0.75)
    const token = { id: drawInteger(random, vocabulary.size), time, phone: position - time }
    const row = { slot, base, position, token, wantsLogits: slot % 3 !== 2 }
    base += position + 1
    return row
  })
  return {
    rows,
    packed: packRows(rows),
    values: (width, scale = 1) => Float32Array.from({ length: rows.length * width }, () => random() * scale),
    makeCache: () =>
      Uint32Array.from({ length: base * model.shape.dim }, () => packHalves(random(), random())),
  }
}

/** (row, width) with room for the rows that a tile may touch beyond the last. */
export function paddedRows(values: Float32Array, rows: number): Float32Array {
  const padded = new Float32Array((values.length / rows) * MAX_ROWS)
  padded.set(values)
  return padded
}

/** Largest difference, relative where the wanted value is above 1. */
export function worst(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs(found[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i]))
    if (!(difference <= largest)) largest = difference
  }
  return largest
}
