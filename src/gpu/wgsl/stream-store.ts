/**
 * Owns: everything on the device that belongs to streams: caches of keys and values (slot, position, key/value, head,
 * dim / 2; two float16 in a word; one buffer a layer, or one for all), voices, logits, and the rotary angles as far as
 * positions reach. Slots and positions grow by copying; whoever holds bind groups looks at `version`.
 */
import { ConvergeError } from '../../speech/errors'
import { MAX_ROWS, packRows, ROW_BYTES, type Row } from './rows'
import type { LmShape } from './shape'
import { createTurns } from './turns'

export interface StoreBuffers {
  /** (layer) */
  readonly cache: readonly Required<GPUBufferBinding>[]
  readonly turns: GPUBuffer
  readonly voices: GPUBuffer
  readonly logits: GPUBuffer
  readonly rows: GPUBuffer
}

export interface StoreOptions {
  readonly slots: number
  readonly positions: number
  /** Of one stream; the rung's. */
  readonly mostPositions: number
  /** All layers' caches lie in one buffer, one after the other; a device's largest binding bounds it. */
  readonly isJoined?: boolean
}

const POSITION_BLOCK = 128
const FLOAT_BYTES = 4

const STORAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST

export class StreamStore {
  private readonly device: GPUDevice
  private readonly shape: LmShape
  private readonly isJoined: boolean
  private readonly mostPositions: number
  private slots: number
  private positions: number
  buffers: StoreBuffers
  /** Counts replacements of `buffers`. */
  version = 0

  /** @throws ConvergeError as `reserve` */
  constructor(
    device: GPUDevice,
    shape: LmShape,
    { slots, positions, mostPositions, isJoined = false }: StoreOptions,
  ) {
    this.device = device
    this.shape = shape
    this.isJoined = isJoined
    this.mostPositions = mostPositions
    this.slots = slots
    this.checkPositions(positions)
    this.positions = roundUp(positions, POSITION_BLOCK)
    this.buffers = this.create()
  }

  /**
   * Room for `slots` streams of `positions` each; what the streams hold is kept.
   * @throws ConvergeError `engine-failed` where a stream can't be so long
   */
  reserve(slots: number, positions: number): void {
    this.checkPositions(positions)
    if (slots <= this.slots && positions <= this.positions) return
    const old = { buffers: this.buffers, slots: this.slots, slotBytes: this.slotBytes }
    if (slots > this.slots) this.slots = Math.max(slots, this.slots * 2)
    if (positions > this.positions) this.positions = roundUp(positions * 1.25, POSITION_BLOCK)
    this.buffers = this.create()
    this.version += 1
    const encoder = this.device.createCommandEncoder()
    const move = (from: Span, to: Span, fromStride: number, toStride: number) => {
      for (let slot = 0; slot < old.slots; slot++) {
        const [at, toAt] = [from.offset + slot * fromStride, to.offset + slot * toStride]
        encoder.copyBufferToBuffer(from.buffer, at, to.buffer, toAt, fromStride)
      }
    }
    const { cache, voices, logits } = this.buffers
    old.buffers.cache.forEach((from, i) => move(from, cache[i], old.slotBytes, this.slotBytes))
    move(whole(old.buffers.voices), whole(voices), this.voiceBytes, this.voiceBytes)
    move(whole(old.buffers.logits), whole(logits), this.logitsBytes, this.logitsBytes)
    this.device.queue.submit([encoder.finish()])
    destroyAll(old.buffers)
  }

  /** Slot `to` becomes like slot `from` as far as `positions`, logits included. */
  copy(from: number, to: number, positions: number): void {
    const { cache, voices, logits } = this.buffers
    const bytes = positions * this.positionBytes
    const sizes = [...cache.map(() => bytes), this.voiceBytes, this.logitsBytes]
    const strides = [...cache.map(() => this.slotBytes), this.voiceBytes, this.logitsBytes]
    const spans = [...cache, whole(voices), whole(logits)]
    // A buffer can't be copied onto itself.
    const size = sizes.reduce((sum, part) => sum + part, 0)
    const between = this.device.createBuffer({ size, usage: STORAGE() })
    const encoder = this.device.createCommandEncoder()
    let at = 0
    spans.forEach(({ buffer, offset }, i) => {
      encoder.copyBufferToBuffer(buffer, offset + from * strides[i], between, at, sizes[i])
      encoder.copyBufferToBuffer(between, at, buffer, offset + to * strides[i], sizes[i])
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

  /** Positions of all slots in one layer's cache. */
  get layerPositions(): number {
    return this.slots * this.positions
  }

  get logitsBytes(): number {
    return this.shape.vocabularySize * FLOAT_BYTES
  }

  destroy(): void {
    destroyAll(this.buffers)
  }

  private checkPositions(positions: number): void {
    if (positions <= this.mostPositions) return
    throw new ConvergeError('engine-failed', 'This is too long for the language model on WebGPU here.', {
      wanted: positions,
      limit: this.mostPositions,
    })
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
    const size = slots * this.slotBytes
    const joined = this.isJoined ? create('cache', shape.layers * size) : undefined
    return {
      cache: Array.from({ length: shape.layers }, (_, i) => ({
        buffer: joined ?? create(`cache ${i}`, size),
        offset: joined ? i * size : 0,
        size,
      })),
      turns,
      voices: create('voices', slots * this.voiceBytes),
      logits: create('logits', slots * this.logitsBytes),
      rows: create('rows', MAX_ROWS * ROW_BYTES),
    }
  }
}

function destroyAll({ cache, turns, voices, logits, rows }: StoreBuffers): void {
  for (const { buffer } of cache) buffer.destroy()
  for (const buffer of [turns, voices, logits, rows]) buffer.destroy()
}

interface Span {
  readonly buffer: GPUBuffer
  readonly offset: number
}

const whole = (buffer: GPUBuffer): Span => ({ buffer, offset: 0 })

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step
