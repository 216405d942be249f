/**
 * Owns: what all streams of one engine share on the device: kernels, weights, workspace, pace; and feeding: tokens that
 * the caller chose, up to MAX_ROWS a pass, of one stream or of many. A row sees the rows of its stream before it.
 */
import type { PlacedToken } from '../../speech/3-units/streams'
import type { DeviceGuard } from './device-guard'
import type { DrawBuffers } from './fused/draw'
import { encodePass, type Kernel, type KernelContext } from './kernel'
import type { LoopBuffers } from './loop/loop'
import type { Pace } from './pace'
import type { EmbedBuffers } from './plain/embed'
import { MAX_ROWS } from './rows'
import type { BoundRung, Rung, Workspace } from './rung'
import type { StreamStore } from './stream-store'
import type { DeviceWeights } from './weights'

export interface LmDevice {
  readonly context: KernelContext
  readonly guard: DeviceGuard
  readonly pace: Pace
  readonly weights: DeviceWeights
  readonly workspace: Workspace
  readonly rung: Rung
  readonly embed: Kernel<EmbedBuffers>
  readonly step: StepKernel
}

/** What a batch steps by: a draw, after which the rung follows; or, on the loop rung, many steps' draws and layers in one. */
export type StepKernel =
  | { readonly kind: 'draw'; readonly kernel: Kernel<DrawBuffers> }
  | { readonly kind: 'loop'; readonly kernel: Kernel<LoopBuffers> }

export interface SlotFeed {
  readonly slot: number
  /** Tokens that the stream has already. */
  readonly length: number
  readonly tokens: readonly PlacedToken[]
}

export interface Feeder {
  /** @throws ConvergeError `engine-failed` */
  feed(feeds: readonly SlotFeed[]): Promise<void>
  /** The rung on the store's buffers of this moment. Makes buffers: within an `attempt`. */
  bound(): BoundRung
  destroy(): void
}

export function createFeeder(lm: LmDevice, store: StreamStore): Feeder {
  const { pace, weights, workspace, context } = lm
  let version = -1
  let rung: BoundRung | undefined
  let embed: ReturnType<typeof lm.embed> | undefined

  function bind(): { rung: BoundRung; embed: ReturnType<typeof lm.embed> } {
    if (!rung || !embed || version !== store.version) {
      rung?.destroy()
      const { rows, voices } = store.buffers
      rung = lm.rung.bind(weights, workspace, store.buffers)
      embed = lm.embed({
        weights: weights.file,
        place: weights.embed,
        rows,
        voices,
        stream: workspace.stream,
      })
      version = store.version
    }
    return { rung, embed }
  }

  return {
    bound: () => bind().rung,
    async feed(feeds) {
      const rows = feeds.flatMap(({ slot, length, tokens }) =>
        tokens.map((token, i) => ({
          slot,
          token,
          position: length + i,
          wantsLogits: i === tokens.length - 1,
        })),
      )
      for (let first = 0; first < rows.length; first += MAX_ROWS) {
        const pass = rows.slice(first, first + MAX_ROWS)
        await pace.room()
        await store.attempt(() => {
          const bound = bind()
          store.writeRows(pass)
          const encoder = context.device.createCommandEncoder()
          encodePass(encoder, [bound.embed(pass.length), ...bound.rung.forward(pass.length)])
          pace.submit(encoder.finish(), 1)
        })
      }
    },
    destroy() {
      rung?.destroy()
    },
  }
}
