/**
 * Owns: the buffers of a store of streams: made for so many slots and positions, and destroyed.
 */
import { MAX_ROWS, ROW_BYTES } from './rows'
import type { LmShape } from './shape'
import { createTurns } from './turns'

export interface StoreBuffers {
  /** (layer) of keys and values (slot, position, key/value, head, dim / 2), two float16 in a word. */
  readonly cache: readonly Required<GPUBufferBinding>[]
  readonly turns: GPUBuffer
  /** (slot, voiceDim) */
  readonly voices: GPUBuffer
  /** (slot, vocabulary) */
  readonly logits: GPUBuffer
  readonly rows: GPUBuffer
}

export interface StoreExtent {
  readonly slots: number
  readonly positions: number
  /** All layers' caches lie in one buffer, one after the other; a device's largest binding bounds it. */
  readonly isJoined: boolean
}

const FLOAT_BYTES = 4

/** Keys and values of one position in one layer. */
export const positionBytes = ({ dim }: LmShape): number => dim * FLOAT_BYTES

export const voiceBytes = ({ voiceDim }: LmShape): number => voiceDim * FLOAT_BYTES

export const logitsBytes = ({ vocabularySize }: LmShape): number => vocabularySize * FLOAT_BYTES

/** What is copied from and to, and read and written by kernels. */
export const createStorage = (device: GPUDevice, label: string, size: number): GPUBuffer =>
  device.createBuffer({
    label,
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  })

export function createStoreBuffers(
  device: GPUDevice,
  shape: LmShape,
  { slots, positions, isJoined }: StoreExtent,
): StoreBuffers {
  const create = (label: string, size: number) => createStorage(device, label, size)
  const angles = createTurns(shape, positions)
  const turns = create('turns', angles.byteLength)
  device.queue.writeBuffer(turns, 0, angles)
  const size = slots * positions * positionBytes(shape)
  const joined = isJoined ? create('cache', shape.layers * size) : undefined
  return {
    cache: Array.from({ length: shape.layers }, (_, i) => ({
      buffer: joined ?? create(`cache ${i}`, size),
      offset: joined ? i * size : 0,
      size,
    })),
    turns,
    voices: create('voices', slots * voiceBytes(shape)),
    logits: create('logits', slots * logitsBytes(shape)),
    rows: create('rows', MAX_ROWS * ROW_BYTES),
  }
}

export function destroyStoreBuffers({ cache, turns, voices, logits, rows }: StoreBuffers): void {
  for (const { buffer } of cache) buffer.destroy()
  for (const buffer of [turns, voices, logits, rows]) buffer.destroy()
}
