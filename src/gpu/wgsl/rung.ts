/**
 * Owns: what a rung of the ladder is: a set of compiled kernels that takes rows from `stream` to logits. All rungs have the
 * same buffers and the same weights; they differ in how much one dispatch does.
 */
import type { KernelContext, Dispatch } from './kernel'
import { MAX_ROWS } from './rows'
import type { LmShape } from './shape'
import type { StoreBuffers } from './store-buffers'
import type { DeviceWeights } from './weights'

/** Numbers of the rows on their way, (row, …) float32; shared by all streams, used within one submit only. */
export interface Workspace {
  /** (row, dim): the residual stream. */
  readonly stream: GPUBuffer
  /** (row, dim) */
  readonly queries: GPUBuffer
  /** (row, dim): what attention brought together. */
  readonly mixed: GPUBuffer
  /** (row, ff) */
  readonly inner: GPUBuffer
  destroy(): void
}

export interface BoundRung {
  /** From `stream` and `rows` to the cache and the logits. */
  forward(rows: number): Dispatch[]
  destroy(): void
}

export interface Rung {
  readonly name: RungName
  /** Of one stream: beyond them the kernels would be wrong. */
  readonly mostPositions: number
  bind(weights: DeviceWeights, workspace: Workspace, store: StoreBuffers): BoundRung
}

export type RungName = 'plain' | 'loop' | 'fused'

export type CompileRung = (context: KernelContext) => Promise<Rung>

export function createWorkspace(device: GPUDevice, { dim, ff }: LmShape): Workspace {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
  const create = (label: string, width: number) =>
    device.createBuffer({ label, size: MAX_ROWS * width * Float32Array.BYTES_PER_ELEMENT, usage })
  const buffers = {
    stream: create('stream', dim),
    queries: create('queries', dim),
    mixed: create('mixed', dim),
    inner: create('inner', ff),
  }
  return {
    ...buffers,
    destroy() {
      for (const buffer of Object.values(buffers)) buffer.destroy()
    },
  }
}
