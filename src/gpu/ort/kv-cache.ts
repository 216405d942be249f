/**
 * Owns: the keys and values of some streams, as one array (layer, key/value, stream, head, position, dim) that ONNX
 * Runtime takes as an input. Streams have lengths of their own; positions past a stream's length are masked by the graph,
 * but must be finite. The capacity grows in blocks; streams come, leave and are copied.
 */
export interface CacheShape {
  readonly layers: number
  readonly heads: number
  readonly headDim: number
}

export interface CacheView {
  readonly data: Float32Array<ArrayBuffer>
  readonly dims: readonly number[]
}

/** Positions; a step copies the whole array into the runtime, so spare room costs time. */
const BLOCK_POSITIONS = 64

export class KvCache {
  private readonly shape: CacheShape
  private data = new Float32Array(0)
  private capacity = 0
  /** Valid positions of each stream. */
  lengths: number[] = []

  constructor(shape: CacheShape) {
    this.shape = shape
  }

  /** All streams, to be read before the next change. */
  view(): CacheView {
    return this.viewWith(this.data, this.lengths.length)
  }

  /** A copy of one stream. */
  viewOf(stream: number): CacheView {
    return this.viewWith(this.gathered([stream], this.capacity), 1)
  }

  /** A new, empty stream behind the others. */
  add(): void {
    const grown = this.gathered([...this.lengths.keys(), undefined], this.capacity)
    this.data = grown
    this.lengths.push(0)
  }

  /** A copy of a stream behind the others. */
  copy(stream: number): void {
    this.keep([...this.lengths.keys(), stream])
  }

  /** Keeps the named streams, in this order. */
  keep(streams: readonly number[]): void {
    this.data = this.gathered(streams, this.capacity)
    this.lengths = streams.map((stream) => this.lengths[stream])
  }

  /** Appends `positions` new ones to a stream. `present` is (layer, key/value, row, head, positions, dim). */
  append(stream: number, present: Float32Array, row: number, rows: number, positions: number): void {
    const at = this.lengths[stream]
    if (at + positions > this.capacity) {
      const capacity = Math.ceil((at + positions) / BLOCK_POSITIONS) * BLOCK_POSITIONS
      this.data = this.gathered([...this.lengths.keys()], capacity)
      this.capacity = capacity
    }
    const { heads, headDim } = this.shape
    for (let plane = 0; plane < this.planes; plane++) {
      for (let head = 0; head < heads; head++) {
        const from = ((plane * rows + row) * heads + head) * positions * headDim
        const to = this.offset(plane, stream, head, this.lengths.length, this.capacity) + at * headDim
        this.data.set(present.subarray(from, from + positions * headDim), to)
      }
    }
    this.lengths[stream] = at + positions
  }

  private get planes(): number {
    return this.shape.layers * 2
  }

  private offset(plane: number, stream: number, head: number, streams: number, capacity: number): number {
    return ((plane * streams + stream) * this.shape.heads + head) * capacity * this.shape.headDim
  }

  private viewWith(data: Float32Array<ArrayBuffer>, streams: number): CacheView {
    const { layers, heads, headDim } = this.shape
    return { data, dims: [layers, 2, streams, heads, this.capacity, headDim] }
  }

  /** A new array of the named streams; `undefined` stands for an empty one. */
  private gathered(streams: readonly (number | undefined)[], capacity: number): Float32Array<ArrayBuffer> {
    const { heads, headDim } = this.shape
    const moved = new Float32Array(this.planes * streams.length * heads * capacity * headDim)
    for (let plane = 0; plane < this.planes; plane++) {
      for (const [i, stream] of streams.entries()) {
        if (stream === undefined) continue
        for (let head = 0; head < heads; head++) {
          const from = this.offset(plane, stream, head, this.lengths.length, this.capacity)
          const to = this.offset(plane, i, head, streams.length, capacity)
          moved.set(this.data.subarray(from, from + this.lengths[stream] * headDim), to)
        }
      }
    }
    return moved
  }
}
