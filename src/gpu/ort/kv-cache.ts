/**
 * Owns: the keys and values of a batch of streams, as one array (layer, key/value, stream, head, position, dim) that
 * ONNX Runtime takes as an input. Streams have lengths of their own; positions past a stream's length are masked by the
 * graph. The capacity grows in blocks, and finished streams leave.
 */
export interface CacheShape {
  readonly layers: number
  readonly heads: number
  readonly headDim: number
}

/** Positions; a step copies the whole array into the runtime, so spare room costs time. */
const BLOCK_POSITIONS = 64

export class KvCache {
  private readonly shape: CacheShape
  private data: Float32Array<ArrayBuffer>
  private capacity: number
  /** Valid positions of each stream. */
  lengths: number[]

  constructor(shape: CacheShape, streams: number, positions: number) {
    this.shape = shape
    this.capacity = roundUp(positions)
    this.lengths = Array.from({ length: streams }, () => 0)
    this.data = new Float32Array(this.size(streams, this.capacity))
  }

  /** The whole array and its dimensions, to be read before the next change. */
  view(): { data: Float32Array<ArrayBuffer>; dims: number[] } {
    const { layers, heads, headDim } = this.shape
    return { data: this.data, dims: [layers, 2, this.lengths.length, heads, this.capacity, headDim] }
  }

  /** Appends `positions` new ones to a stream. `present` is (layer, key/value, row, head, positions, dim). */
  append(stream: number, present: Float32Array, row: number, rows: number, positions: number): void {
    const at = this.lengths[stream]
    if (at + positions > this.capacity) this.relayout(this.allStreams(), roundUp(at + positions))
    const { layers, heads, headDim } = this.shape
    const count = this.lengths.length
    for (let plane = 0; plane < layers * 2; plane++) {
      for (let head = 0; head < heads; head++) {
        const from = ((plane * rows + row) * heads + head) * positions * headDim
        const to = (((plane * count + stream) * heads + head) * this.capacity + at) * headDim
        this.data.set(present.subarray(from, from + positions * headDim), to)
      }
    }
    this.lengths[stream] = at + positions
  }

  /** Keeps the named streams, in this order. */
  keep(streams: readonly number[]): void {
    this.relayout(streams, this.capacity)
  }

  private allStreams(): number[] {
    return this.lengths.map((_, i) => i)
  }

  private size(streams: number, capacity: number): number {
    return this.shape.layers * 2 * streams * this.shape.heads * capacity * this.shape.headDim
  }

  private relayout(streams: readonly number[], capacity: number): void {
    const { layers, heads, headDim } = this.shape
    const moved = new Float32Array(this.size(streams.length, capacity))
    const before = this.lengths.length
    for (let plane = 0; plane < layers * 2; plane++) {
      streams.forEach((stream, i) => {
        for (let head = 0; head < heads; head++) {
          const from = ((plane * before + stream) * heads + head) * this.capacity * headDim
          const to = ((plane * streams.length + i) * heads + head) * capacity * headDim
          moved.set(this.data.subarray(from, from + this.lengths[stream] * headDim), to)
        }
      })
    }
    this.data = moved
    this.lengths = streams.map((stream) => this.lengths[stream])
    this.capacity = capacity
  }
}

const roundUp = (positions: number): number => Math.ceil(positions / BLOCK_POSITIONS) * BLOCK_POSITIONS
