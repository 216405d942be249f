/**
 * Owns: several steps of a batch as dispatches: draw and layers in turn, or, on the loop rung, all of them in one.
 */
import type { Dispatch } from './kernel'
import type { Feeder, LmDevice } from './lm-device'
import { EXTENT_BYTES, packExtent } from './loop/loop'
import type { StreamStore } from './stream-store'

/** What belongs to a batch beside its streams' store. */
export interface BatchBuffers {
  readonly lists: GPUBuffer
  readonly states: GPUBuffer
  readonly drawn: GPUBuffer
}

export interface Steps {
  /** For the rows written to the store; to be submitted before it is called again. */
  encode(rows: number, steps: number): Dispatch[]
  destroy(): void
}

export function createSteps(lm: LmDevice, store: StreamStore, feeder: Feeder, buffers: BatchBuffers): Steps {
  const { context, weights, workspace, loop } = lm
  if (!loop) {
    return {
      encode(rows, steps) {
        const { logits, rows: packed } = store.buffers
        const draw = lm.draw({
          weights: weights.file,
          place: weights.embed,
          rows: packed,
          logits,
          ...buffers,
          stream: workspace.stream,
        })
        const step = [draw(rows), ...feeder.bound().forward(rows)]
        return Array.from({ length: steps }, () => step).flat()
      },
      destroy() {},
    }
  }
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
  const extent = context.device.createBuffer({ label: 'extent', size: EXTENT_BYTES, usage })
  return {
    encode(rows, steps) {
      const { cache, turns, logits, rows: packed } = store.buffers
      context.device.queue.writeBuffer(extent, 0, packExtent(steps, store.layerPositions))
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
