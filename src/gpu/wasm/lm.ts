/**
 * Owns: the WebAssembly engine: cursors over streams in the module's memory, and the cutting of what they are fed into
 * passes of the kernels. One thread; all cursors share one copy of the weights.
 */
import type { PlacedToken } from '../../speech/3-units/streams'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import { ConvergeError } from '../../speech/errors'
import type { Manifest } from '../../speech/manifest'
import { findStream, type Feed, type LmCursor, type LmEngine, type StreamId } from '../lm-engine'
import { startRuleBatch } from '../rule-batch'
import { placeModel } from './layout'
import { Arena, instantiate } from './module'
import { createRotary } from './rotary'
import { StreamStore, type CachedStream } from './streams'

export interface WasmLmParts {
  /** `lm.wasm`. */
  readonly module: WebAssembly.Module | BufferSource
  /** `lm.int8.safetensors`. */
  readonly weights: Uint8Array
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
}

export interface WasmLmEngine extends LmEngine {
  /** Of weights, work space and all streams that were ever open at once. */
  readonly memoryBytes: number
}

/** One token of a pass. */
interface PassRow {
  readonly stream: CachedStream
  readonly token: PlacedToken
  readonly position: number
  /** Where the logits after it go, if they are asked for. */
  readonly slot?: number
}

interface FedStream {
  readonly stream: CachedStream
  readonly tokens: readonly PlacedToken[]
}

const FIELDS_PER_ROW = 4
/** Streams of a batch that run together: more are no faster, and each grows its cache by 10.6 kB a token. */
const AT_ONCE = 4

/** @throws ConvergeError `engine-unavailable`, `model-damaged` or `model-incompatible` */
export async function createWasmLm({
  module,
  weights,
  manifest,
  vocabulary,
}: WasmLmParts): Promise<WasmLmEngine> {
  const kernels = await instantiate(module)
  const arena = new Arena(kernels)
  const model = placeModel(kernels, arena, weights, manifest, vocabulary)
  const work = arena.carve(0)
  arena.carve(kernels.layOut(model.address, work) - work)
  const store = new StreamStore(arena, kernels, model.address, manifest.lm.dim)
  const writeTurn = createRotary(manifest.lm)
  const half = manifest.lm.headDim / 2
  const maxRows = kernels.maxRows()

  /** Runs the rows and puts the logits that are asked for into `logits`. */
  function pass(rows: readonly PassRow[], logits: Float32Array[]): void {
    const fields = new Int32Array(arena.buffer, kernels.rowsAt(), rows.length * FIELDS_PER_ROW)
    const cosines = new Float32Array(arena.buffer, kernels.cosinesAt(), rows.length * half)
    const sines = new Float32Array(arena.buffer, kernels.sinesAt(), rows.length * half)
    for (const [i, { stream, token, position }] of rows.entries()) {
      fields.set([token.id, position, stream.block, store.voiceOf(stream)], i * FIELDS_PER_ROW)
      writeTurn(token, cosines, sines, i * half)
    }
    kernels.run(model.address, rows.length)
    let read = 0
    for (let i = 0; i < rows.length; i++) {
      if (rows[i].slot === undefined) continue
      let end = i + 1
      while (end < rows.length && rows[end].slot !== undefined) end++
      kernels.readOut(model.address, i, end - i, read)
      for (; i < end; i++, read++) {
        const at = kernels.logitsAt() + read * vocabulary.size * Float32Array.BYTES_PER_ELEMENT
        logits[rows[i].slot ?? 0] = new Float32Array(arena.buffer, at, vocabulary.size).slice()
      }
    }
  }

  /** @returns logits, by the rows' slots */
  function passes(rows: readonly PassRow[]): Float32Array[] {
    const logits: Float32Array[] = []
    for (let at = 0; at < rows.length; at += maxRows) pass(rows.slice(at, at + maxRows), logits)
    return logits
  }

  /** Makes room for what the streams are fed, for all of it or for nothing. @returns rows (stream, token) */
  function toRows(fed: readonly FedStream[]): PassRow[][] {
    const lengths = fed.map(({ stream }) => stream.length)
    try {
      return fed.map(({ stream, tokens }, i) => {
        store.extend(stream, tokens.length)
        return tokens.map((token, at) => ({ stream, token, position: lengths[i] + at }))
      })
    } catch (error) {
      fed.forEach(({ stream }, i) => store.rewind(stream, lengths[i]))
      throw error
    }
  }

  function createCursor(): LmCursor {
    const streams = new Map<StreamId, CachedStream>()
    let lastId = -1
    const add = (stream: CachedStream): StreamId => {
      lastId += 1
      streams.set(lastId, stream)
      return lastId
    }
    const of = (id: StreamId): CachedStream => findStream(streams, id)
    const close = (id: StreamId): void => {
      store.close(of(id))
      streams.delete(id)
    }

    return {
      open: (voice) => add(store.open(model.projectVoice(voice))),
      async feed(feeds) {
        for (const { tokens } of feeds) checkTokens(tokens, vocabulary)
        const fed = feeds.map(({ stream, tokens }): FedStream => ({ stream: of(stream), tokens }))
        const first = fed.map((feed) => fed.findIndex((other) => other === feed || sameStart(other, feed)))
        const computed = [...fed.keys()].filter((feed) => first[feed] === feed)
        const rows = toRows(computed.map((feed) => fed[feed]))
        const logits = passes(
          rows.flatMap((own, i) => [...own.slice(0, -1), { ...own[own.length - 1], slot: computed[i] }]),
        )
        for (const [feed, { stream }] of fed.entries()) {
          if (first[feed] === feed) continue
          store.share(fed[first[feed]].stream, stream)
          logits[feed] = logits[first[feed]].slice()
        }
        return logits
      },
      async feedEach(feeds) {
        for (const { tokens } of feeds) checkTokens(tokens, vocabulary)
        const fed = feeds.map(({ stream, tokens }): FedStream => ({ stream: of(stream), tokens }))
        const rows = toRows(fed).flat()
        const logits = passes(rows.map((row, slot) => ({ ...row, slot })))
        return feeds.map(({ tokens }) => logits.splice(0, tokens.length))
      },
      length: (stream) => of(stream).length,
      branch: (stream) => add(store.branch(of(stream))),
      rewind: (stream, length) => store.rewind(of(stream), length),
      close,
      dispose() {
        for (const id of streams.keys()) close(id)
      },
    }
  }

  return {
    name: 'wasm',
    openCursor: createCursor,
    start: (specs, drawn) =>
      startRuleBatch(createCursor(), specs, vocabulary, { mostAtOnce: AT_ONCE, drawn }),
    get memoryBytes() {
      return arena.buffer.byteLength
    },
    async dispose() {},
  }
}

/** Whether two empty streams are about to hear the same: takes of one line share its prefix. */
function sameStart(a: FedStream, b: FedStream): boolean {
  return (
    a.stream.length === 0 &&
    b.stream.length === 0 &&
    a.tokens.length === b.tokens.length &&
    a.stream.voice.every((value, i) => value === b.stream.voice[i]) &&
    a.tokens.every(({ id, time, phone }, i) => {
      const other = b.tokens[i]
      return id === other.id && time === other.time && phone === other.phone
    })
  )
}

function checkTokens(tokens: Feed['tokens'], { size }: Vocabulary): void {
  const wrong = tokens.find(({ id }) => !(Number.isInteger(id) && id >= 0 && id < size))
  if (tokens.length > 0 && !wrong) return
  throw new ConvergeError(
    'engine-failed',
    'The language model was fed no token, or one that it does not know.',
    {
      found: wrong?.id ?? 'none',
      wanted: size,
    },
  )
}
