/**
 * Owns: streams in the module's memory: each a list of pages of keys and values, and its voice. Streams share full pages
 * and a half-filled one until one of them writes to it. Knows no cursor and no token.
 */
import { ConvergeError } from '../../speech/errors'
import { BlockPool, type Address, type Arena, type Kernels } from './module'

export interface CachedStream {
  /** (dim), projected. */
  readonly voice: Float32Array
  /** Block of the module: the addresses of its pages, then its voice (dim). */
  readonly block: Address
  readonly pages: Address[]
  length: number
}

export class StreamStore {
  readonly #arena: Arena
  readonly #pages: BlockPool
  readonly #blocks: BlockPool
  readonly #pageBytes: number
  readonly #pagePositions: number
  readonly #maxPages: number
  readonly #dim: number
  /** Streams that list a page; a page with one owner is not listed. */
  readonly #owners = new Map<Address, number>()

  constructor(arena: Arena, kernels: Kernels, model: Address, dim: number) {
    this.#arena = arena
    this.#pageBytes = kernels.pageBytes(model)
    this.#pagePositions = kernels.pagePositions()
    this.#maxPages = kernels.maxPositions() / this.#pagePositions
    this.#dim = dim
    this.#pages = new BlockPool(arena, this.#pageBytes)
    this.#blocks = new BlockPool(arena, (this.#maxPages + dim) * Float32Array.BYTES_PER_ELEMENT)
  }

  open(voice: Float32Array): CachedStream {
    const stream = { voice, block: this.#blocks.take(), pages: [], length: 0 }
    new Float32Array(this.#arena.buffer, this.voiceOf(stream), this.#dim).set(voice)
    return stream
  }

  voiceOf({ block }: CachedStream): Address {
    return block + this.#maxPages * Float32Array.BYTES_PER_ELEMENT
  }

  /** Room for `positions` more, which no other stream sees. @throws ConvergeError `engine-failed` */
  extend(stream: CachedStream, positions: number): void {
    const length = stream.length + positions
    if (length > this.#maxPages * this.#pagePositions) {
      throw new ConvergeError(
        'engine-failed',
        'This stretch is too long for the language model. Cut it into parts.',
        {
          wanted: this.#maxPages * this.#pagePositions,
          found: length,
        },
      )
    }
    const last = stream.pages.length - 1
    const isPartial = stream.length % this.#pagePositions !== 0
    if (isPartial && this.#owners.has(stream.pages[last])) {
      const copy = this.#pages.take()
      const bytes = new Uint8Array(this.#arena.buffer)
      bytes.copyWithin(copy, stream.pages[last], stream.pages[last] + this.#pageBytes)
      this.#leave(stream.pages[last])
      stream.pages[last] = copy
    }
    while (stream.pages.length * this.#pagePositions < length) stream.pages.push(this.#pages.take())
    new Uint32Array(this.#arena.buffer, stream.block, stream.pages.length).set(stream.pages)
    stream.length = length
  }

  /** Makes an empty stream's history that of another. */
  share(from: CachedStream, to: CachedStream): void {
    for (const page of from.pages) this.#owners.set(page, (this.#owners.get(page) ?? 1) + 1)
    to.pages.push(...from.pages)
    to.length = from.length
  }

  branch(stream: CachedStream): CachedStream {
    const branched = this.open(stream.voice)
    this.share(stream, branched)
    return branched
  }

  rewind(stream: CachedStream, length: number): void {
    const kept = Math.ceil(length / this.#pagePositions)
    for (const page of stream.pages.splice(kept)) this.#leave(page)
    stream.length = length
  }

  close(stream: CachedStream): void {
    this.rewind(stream, 0)
    this.#blocks.give(stream.block)
  }

  #leave(page: Address): void {
    const others = (this.#owners.get(page) ?? 1) - 1
    if (others === 0) this.#pages.give(page)
    else if (others === 1) this.#owners.delete(page)
    else this.#owners.set(page, others)
  }
}
