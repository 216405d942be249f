/**
 * Owns: everything on the device that belongs to streams: caches of keys and values (slot, position, key/value, head,
 * dim / 2; two float16 in a word; one buffer a layer), voices, logits, and the rotary angles as far as positions reach.
 * Slots and positions grow by copying; whoever holds bind groups looks at `version`.
 */
import { MAX_ROWS, packRows, ROW_BYTES, type Row } from './rows'
import type { LmShape } from './shape'
import { createTurns } from './turns'

export interface StoreBuffers {
  readonly cache: readonly GPUBuffer[]
  readonly turns: GPUBuffer
  readonly voices: GPUBuffer
  readonly logits: GPUBuffer
  readonly rows: GPUBuffer
}

const POSITION_BLOCK = 128
const FLOAT_BYTES = 4

const STORAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST

export class StreamStore {
  private readonly device: GPUDevice
  private readonly shape: LmShape
  private slots: number
  private positions: number
  buffers: StoreBuffers
  /** Counts replacements of `buffers`. */
  version = 0

  constructor(device: GPUDevice, shape: LmShape, slots: number, positions: number) {
    this.device = device
    this.shape = shape
    this.slots = slots
    this.positions = roundUp(positions, POSITION_BLOCK)
    this.buffers = this.create()
  }

  /** Room for `slots` streams of `positions` each; what the streams hold is kept. */
  reserve(slots: number, positions: number): void {
    if (slots <= this.slots && positions <= this.positions) return
    const old = { buffers: this.buffers, slots: this.slots, slotBytes: this.slotBytes }
    if (slots > this.slots) this.slots = Math.max(slots, this.slots * 2)
    if (positions > this.positions) this.positions = roundUp(positions * 1.25, POSITION_BLOCK)
    this.buffers = this.create()
    this.version += 1
    const encoder = this.device.createCommandEncoder()
    const move = (from: GPUBuffer, to: GPUBuffer, fromStride: number, toStride: number) => {
      for (let slot = 0; slot < old.slots; slot++) {
        encoder.copyBufferToBuffer(from, slot * fromStride, to, slot * toStride, fromStride)
      }
    }
    old.buffers.cache.forEach((from, i) => move(from, this.buffers.cache[i], old.slotBytes, this.slotBytes))
    move(old.buffers.voices, this.buffers.voices, this.voiceBytes, this.voiceBytes)
    move(old.buffers.logits, this.buffers.logits, this.logitsBytes, this.logitsBytes)
    this.device.queue.submit([encoder.finish()])
    destroyAll(old.buffers)
  }

  /** Slot `to` becomes like slot `from` as far as `positions`, logits included. */
  copy(from: number, to: number, positions: number): void {
    const { cache, voices, logits } = this.buffers
    const bytes = positions * this.positionBytes
    const sizes = [...cache.map(() => bytes), this.voiceBytes, this.logitsBytes]
    const strides = [...cache.map(() => this.slotBytes), this.voiceBytes, this.logitsBytes]
    const buffers = [...cache, voices, logits]
    // A buffer can't be copied onto itself.
    const size = sizes.reduce((sum, part) => sum + part, 0)
    const between = this.device.createBuffer({ size, usage: STORAGE() })
    const encoder = this.device.createCommandEncoder()
    let at = 0
    buffers.forEach((buffer, i) => {
      encoder.copyBufferToBuffer(buffer, from * strides[i], between, at, sizes[i])
      encoder.copyBufferToBuffer(between, at, buffer, to * strides[i], sizes[i])
      at += sizes[i]
    })
    this.device.queue.submit([encoder.finish()])
    between.destroy()
  }

  writeVoice(slot: number, voice: Float32Array): void {
    this.device.queue.writeBuffer(this.buffers.voices, slot * this.voiceBytes, Float32Array.from(voice))
  }

  writeRows(rows: readonly Omit<Row, 'base'>[]): void {
    const placed = rows.map((row) => ({ ...row, base: row.slot * this.positions }))
    this.device.queue.writeBuffer(this.buffers.rows, 0, packRows(placed))
  }

  get logitsBytes(): number {
    return this.shape.vocabularySize * FLOAT_BYTES
  }

  destroy(): void {
    destroyAll(this.buffers)
  }

  /** Keys and values of one layer, as float16. */
  private get positionBytes(): number {
    return this.shape.dim * FLOAT_BYTES
  }

  private get slotBytes(): number {
    return this.positions * this.positionBytes
  }

  private get voiceBytes(): number {
    return this.shape.voiceDim * FLOAT_BYTES
  }

  private create(): StoreBuffers {
    const { device, shape, slots } = this
    const create = (label: string, size: number) => device.createBuffer({ label, size, usage: STORAGE() })
    const angles = createTurns(shape, this.positions)
    const turns = create('turns', angles.byteLength)
    device.queue.writeBuffer(turns, 0, angles)
    return {
      cache: Array.from({ length: shape.layers }, (_, i) => create(`cache ${i}`, slots * this.slotBytes)),
      turns,
      voices: create('voices', slots * this.voiceBytes),
      logits: create('logits', slots * this.logitsBytes),
      rows: create('rows', MAX_ROWS * ROW_BYTES),
    }
  }
}

function destroyAll({ cache, turns, voices, logits, rows }: StoreBuffers): void {
  for (const buffer of [...cache, turns, voices, logits, rows]) buffer.destroy()
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step
