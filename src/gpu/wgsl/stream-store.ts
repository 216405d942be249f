/**
 * Owns: everything on the device that belongs to streams: caches of keys and values, voices, logits, and the rotary angles
 * as far as positions reach. Slots and positions grow by copying; whoever holds bind groups looks at `version`. What the
 * device refuses of the store's own commands is told to whoever gives it commands next.
 */
import { ConvergeError } from '../../speech/errors'
import type { DeviceGuard } from './device-guard'
import { packRows, type Row } from './rows'
import type { LmShape } from './shape'
import {
  createStorage,
  createStoreBuffers,
  destroyStoreBuffers,
  logitsBytes,
  positionBytes,
  voiceBytes,
  type StoreBuffers,
  type StoreExtent,
} from './store-buffers'

interface StoreOptions extends StoreExtent {
  /** Of one stream; the rung's. */
  readonly mostPositions: number
}

/** What slots hold in one buffer, slot after slot. */
interface Part {
  readonly buffer: GPUBuffer
  /** Of the first slot. */
  readonly offset: number
  readonly slotBytes: number
}

const POSITION_BLOCK = 128

export class StreamStore {
  private readonly guard: DeviceGuard
  private readonly shape: LmShape
  private readonly mostPositions: number
  private extent: StoreExtent
  /** What a copy goes through, one part after the other. */
  private between: GPUBuffer | undefined
  /** Rejects where the device refused something of the store's own. */
  private taken: Promise<void> = Promise.resolve()
  buffers: StoreBuffers
  /** Counts replacements of `buffers`. */
  version = 0

  /** @throws ConvergeError as `reserve` */
  constructor(guard: DeviceGuard, shape: LmShape, { mostPositions, ...extent }: StoreOptions) {
    this.guard = guard
    this.shape = shape
    this.mostPositions = mostPositions
    this.checkPositions(extent.positions)
    this.extent = { ...extent, positions: roundUp(extent.positions, POSITION_BLOCK) }
    this.buffers = this.begin((device) => createStoreBuffers(device, shape, this.extent))
  }

  /** As the guard's `attempt`, for commands that stand on the buffers. @throws first what was refused of the store's own */
  async attempt<T>(commands: () => T): Promise<T> {
    const work = this.guard.attempt(commands)
    work.catch(() => undefined)
    await this.taken
    return work
  }

  /**
   * Room for `slots` streams of `positions` each; what the streams hold is kept.
   * @throws ConvergeError `engine-failed` where a stream can't be so long
   */
  reserve(slots: number, positions: number): void {
    this.checkPositions(positions)
    const now = this.extent
    if (slots <= now.slots && positions <= now.positions) return
    this.grow({
      ...now,
      slots: slots > now.slots ? Math.max(slots, now.slots * 2) : now.slots,
      positions: positions > now.positions ? roundUp(positions * 1.25, POSITION_BLOCK) : now.positions,
    })
  }

  /** Slot `to` becomes like slot `from` as far as `positions`, logits included. */
  copy(from: number, to: number, positions: number): void {
    const parts = this.parts()
    const cacheBytes = positions * positionBytes(this.shape)
    this.begin((device) => {
      // A buffer can't be copied onto itself.
      this.between ??= createStorage(device, 'between', Math.max(...parts.map(({ slotBytes }) => slotBytes)))
      const encoder = device.createCommandEncoder()
      for (const [i, { buffer, offset, slotBytes }] of parts.entries()) {
        const bytes = i < this.buffers.cache.length ? cacheBytes : slotBytes
        encoder.copyBufferToBuffer(buffer, offset + from * slotBytes, this.between, 0, bytes)
        encoder.copyBufferToBuffer(this.between, 0, buffer, offset + to * slotBytes, bytes)
      }
      device.queue.submit([encoder.finish()])
    })
  }

  writeVoice(slot: number, voice: Float32Array): void {
    const at = slot * voiceBytes(this.shape)
    this.begin(({ queue }) => queue.writeBuffer(this.buffers.voices, at, Float32Array.from(voice)))
  }

  /** Within an `attempt`. */
  writeRows(rows: readonly Omit<Row, 'base'>[]): void {
    const placed = rows.map((row) => ({ ...row, base: row.slot * this.extent.positions }))
    this.guard.device.queue.writeBuffer(this.buffers.rows, 0, packRows(placed))
  }

  /** Positions of all slots in one layer's cache. */
  get layerPositions(): number {
    return this.extent.slots * this.extent.positions
  }

  get logitsBytes(): number {
    return logitsBytes(this.shape)
  }

  destroy(): void {
    destroyStoreBuffers(this.buffers)
    this.between?.destroy()
  }

  private begin<T>(commands: (device: GPUDevice) => T): T {
    const { made, taken } = this.guard.begin(() => commands(this.guard.device))
    this.taken = Promise.all([this.taken, taken]).then(() => undefined)
    this.taken.catch(() => undefined)
    return made
  }

  private grow(extent: StoreExtent): void {
    const { slots } = this.extent
    const old = { buffers: this.buffers, parts: this.parts(), between: this.between }
    this.begin((device) => {
      this.buffers = createStoreBuffers(device, this.shape, extent)
      this.extent = extent
      this.between = undefined
      const encoder = device.createCommandEncoder()
      for (const [i, to] of this.parts().entries()) {
        const from = old.parts[i]
        for (let slot = 0; slot < slots; slot++) {
          const [at, toAt] = [from, to].map(({ offset, slotBytes }) => offset + slot * slotBytes)
          encoder.copyBufferToBuffer(from.buffer, at, to.buffer, toAt, from.slotBytes)
        }
      }
      device.queue.submit([encoder.finish()])
    })
    this.version += 1
    destroyStoreBuffers(old.buffers)
    old.between?.destroy()
  }

  /** The layers' caches, then voices and logits. */
  private parts(): Part[] {
    const { cache, voices, logits } = this.buffers
    const slotBytes = this.extent.positions * positionBytes(this.shape)
    return [
      ...cache.map(({ buffer, offset }) => ({ buffer, offset, slotBytes })),
      { buffer: voices, offset: 0, slotBytes: voiceBytes(this.shape) },
      { buffer: logits, offset: 0, slotBytes: logitsBytes(this.shape) },
    ]
  }

  private checkPositions(positions: number): void {
    if (positions <= this.mostPositions) return
    throw new ConvergeError('engine-failed', 'This is too long for the language model on WebGPU here.', {
      wanted: positions,
      limit: this.mostPositions,
    })
  }
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step
