/**
 * Owns: several steps of a batch as dispatches: draw and layers in turn, or, on the loop rung, all of them in one.
 */
import type { DrawBuffers } from './fused/draw'
import type { Dispatch, Kernel } from './kernel'
import type { Feeder, LmDevice } from './lm-device'
import { EXTENT_BYTES, packExtent, type LoopBuffers } from './loop/loop'
import type { StreamStore } from './stream-store'

/** What belongs to a batch beside its streams' store. */
export interface BatchBuffers {
  readonly lists: GPUBuffer
  readonly states: GPUBuffer
  readonly drawn: GPUBuffer
}

export interface Steps {
  /** For the rows written to the store; to be submitted before it is called again. Writes to the device: within an `attempt`. */
  encode(rows: number, steps: number): Dispatch[]
  destroy(): void
}

export function createSteps(lm: LmDevice, store: StreamStore, feeder: Feeder, buffers: BatchBuffers): Steps {
  return lm.step.kind === 'loop'
    ? stepAtOnce(lm, lm.step.kernel, store, buffers)
    : stepInTurn(lm, lm.step.kernel, store, feeder, buffers)
}

function stepInTurn(
  { weights, workspace }: LmDevice,
  draw: Kernel<DrawBuffers>,
  store: StreamStore,
  feeder: Feeder,
  buffers: BatchBuffers,
): Steps {
  return {
    encode(rows, steps) {
      const { logits, rows: packed } = store.buffers
      const launch = draw({
        weights: weights.file,
        place: weights.embed,
        rows: packed,
        logits,
        ...buffers,
        stream: workspace.stream,
      })
      const step = [launch(rows), ...feeder.bound().forward(rows)]
      return Array.from({ length: steps }, () => step).flat()
    },
    destroy() {},
  }
}

function stepAtOnce(
  { context: { device }, weights }: LmDevice,
  loop: Kernel<LoopBuffers>,
  store: StreamStore,
  buffers: BatchBuffers,
): Steps {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
  const extent = device.createBuffer({ label: 'extent', size: EXTENT_BYTES, usage })
  return {
    encode(rows, steps) {
      const { cache, turns, logits, rows: packed } = store.buffers
      device.queue.writeBuffer(extent, 0, packExtent(steps, store.layerPositions))
      const launch = loop({
        weights: weights.file,
        place: weights.embed,
        places: weights.places,
        extent,
        turns,
        logits,
        rows: packed,
        cache: cache[0].buffer,
        ...buffers,
      })
      return [launch(rows)]
    },
    destroy() {
      extent.destroy()
    },
  }
}
