/**
 * Owns: a whole engine made of the kernels' references, in TypeScript: slow, without a device, for tiny models in tests.
 */
import { startRuleBatch } from '../rule-batch'
import type { LmCursor, LmEngine, StreamId } from '../lm-engine'
import type { PlacedToken } from '../../speech/3-units/streams'
import { readCpuModel } from '../wgsl/cpu-model'
import { layersCpu } from '../wgsl/loop/loop.cpu'
import { manifestToShape } from '../wgsl/shape'
import { createTurns } from '../wgsl/turns'
import type { TinyModel } from './tiny-model'

const MOST_POSITIONS = 256

interface ReferenceStream {
  readonly voice: Float32Array
  tokens: readonly PlacedToken[]
}

export function createReferenceEngine({ manifest, vocabulary, weights }: TinyModel): LmEngine {
  const shape = manifestToShape(manifest, vocabulary)
  const model = readCpuModel(weights, shape, createTurns(shape, MOST_POSITIONS))

  /** The whole stream at once: no cache outlives a call. */
  function forward({ voice, tokens }: ReferenceStream): Float32Array {
    const rows = tokens.map((token, position) => ({
      slot: 0,
      base: 0,
      position,
      token,
      wantsLogits: position === tokens.length - 1,
    }))
    const caches = model.layers.map(() => new Uint32Array(rows.length * shape.dim))
    return layersCpu(model, rows, voice, caches).logits
  }

  function openCursor(): LmCursor {
    const streams = new Map<StreamId, ReferenceStream>()
    const find = (id: StreamId): ReferenceStream => {
      const stream = streams.get(id)
      if (!stream) throw new Error(`no stream ${id}`)
      return stream
    }
    let lastId = -1
    const add = (stream: ReferenceStream): StreamId => {
      lastId += 1
      streams.set(lastId, stream)
      return lastId
    }
    return {
      open: (voice) => add({ voice, tokens: [] }),
      async feed(feeds) {
        return feeds.map(({ stream, tokens }) => {
          const own = find(stream)
          own.tokens = [...own.tokens, ...tokens]
          return forward(own)
        })
      },
      length: (id) => find(id).tokens.length,
      branch: (id) => add({ ...find(id) }),
      rewind(id, length) {
        find(id).tokens = find(id).tokens.slice(0, length)
      },
      close: (id) => void streams.delete(id),
      dispose: () => streams.clear(),
    }
  }

  return {
    name: 'wasm',
    openCursor,
    start: (specs) => startRuleBatch(openCursor(), specs, vocabulary),
    dispose: async () => undefined,
  }
}
