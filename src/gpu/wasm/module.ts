/**
 * Owns: the instance of `lm.wasm` and its memory, which only grows: blocks are carved from its end and never given back
 * to it. Views of the memory are made anew after it has grown. Knows no model.
 */
import { ConvergeError } from '../../speech/errors'

/** An address in the module's memory, in bytes. */
export type Address = number

/** The exports of `assembly/index.ts`, single kernels included. */
export interface Kernels {
  readonly memory: WebAssembly.Memory
  heapBase(): Address
  maxRows(): number
  rowStep(): number
  maxColumns(): number
  maxGroup(): number
  downGroup(): number
  maxDim(): number
  headDimStep(): number
  maxHeadDim(): number
  maxPositions(): number
  pagePositions(): number
  pageBytes(model: Address): number
  layOut(model: Address, at: Address): Address
  rowsAt(): Address
  cosinesAt(): Address
  sinesAt(): Address
  logitsAt(): Address
  run(model: Address, rows: number): void
  readOut(model: Address, firstRow: number, rows: number, slot: number): void
  append(
    model: Address,
    layer: number,
    pages: Address,
    position: number,
    keys: Address,
    values: Address,
  ): void
  attend(model: Address, layer: number, pages: Address, length: number, queries: Address, out: Address): void
  matmul(
    weights: Address,
    weightScales: Address,
    rows: number,
    columns: number,
    x: Address,
    xScales: Address,
    group: number,
    xRows: number,
    out: Address,
    add: boolean,
  ): void
  pack(weights: Address, rows: number, columns: number): void
  quantiseGroups(x: Address, group: number, groups: number, out: Address, scales: Address): void
  rmsNorm(x: Address, weight: Address, count: number, epsilon: number, out: Address): void
  rotate(x: Address, heads: number, headDim: number, cosines: Address, sines: Address): void
  swiGlu(gate: Address, up: Address, count: number, out: Address): void
}

const EXPORTS: readonly (keyof Kernels)[] = [
  'heapBase',
  'maxRows',
  'rowStep',
  'maxColumns',
  'maxGroup',
  'downGroup',
  'maxDim',
  'headDimStep',
  'maxHeadDim',
  'maxPositions',
  'pagePositions',
  'pageBytes',
  'layOut',
  'rowsAt',
  'cosinesAt',
  'sinesAt',
  'logitsAt',
  'run',
  'readOut',
  'append',
  'attend',
  'matmul',
  'pack',
  'quantiseGroups',
  'rmsNorm',
  'rotate',
  'swiGlu',
]

const isKernels = (exports: WebAssembly.Exports): exports is WebAssembly.Exports & Kernels =>
  exports.memory instanceof WebAssembly.Memory && EXPORTS.every((name) => typeof exports[name] === 'function')

/** @throws ConvergeError `engine-unavailable` where the module can't run here */
export async function instantiate(source: WebAssembly.Module | BufferSource): Promise<Kernels> {
  try {
    const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source)
    const { exports } = await WebAssembly.instantiate(module)
    if (isKernels(exports)) return exports
    throw new Error(`lm.wasm exports ${Object.keys(exports).join(', ')}`)
  } catch (cause) {
    throw new ConvergeError(
      'engine-unavailable',
      'The kernels could not start: this machine lacks WebAssembly SIMD, or their file arrived damaged.',
      { detail: String(cause) },
      { cause },
    )
  }
}

const ALIGNMENT_BYTES = 64
const WASM_PAGE_BYTES = 0x10000

const aligned = (at: Address): Address => Math.ceil(at / ALIGNMENT_BYTES) * ALIGNMENT_BYTES

export class Arena {
  readonly #memory: WebAssembly.Memory
  #end: Address

  constructor(kernels: Kernels) {
    this.#memory = kernels.memory
    this.#end = aligned(kernels.heapBase())
  }

  /** @throws ConvergeError `engine-failed` when the machine has no more memory */
  carve(bytes: number): Address {
    const at = this.#end
    const end = aligned(at + bytes)
    const missing = end - this.#memory.buffer.byteLength
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / WASM_PAGE_BYTES))
      } catch (cause) {
        throw new ConvergeError(
          'engine-failed',
          'There is not enough memory for so many takes at once. Ask for fewer, or for shorter ones.',
          { wantedBytes: end },
          { cause },
        )
      }
    }
    this.#end = end
    return at
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer
  }
}

/** Blocks of one size that come back. */
export class BlockPool {
  readonly #arena: Arena
  readonly #bytes: number
  readonly #free: Address[] = []

  constructor(arena: Arena, bytes: number) {
    this.#arena = arena
    this.#bytes = bytes
  }

  take(): Address {
    return this.#free.pop() ?? this.#arena.carve(this.#bytes)
  }

  give(block: Address): void {
    this.#free.push(block)
  }
}
