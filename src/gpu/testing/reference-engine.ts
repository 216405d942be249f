/**
 * Owns: a whole engine made of the kernels' references, in TypeScript: slow, without a device, for tiny models in tests.
 */
import { startRuleBatch } from '../rule-batch'
import { findStream, type LmCursor, type LmEngine, type StreamId } from '../lm-engine'
import type { PlacedToken } from '../../speech/3-units/streams'
import { readCpuModel, type CpuCache } from '../wgsl/cpu-model'
import { layersCpu } from '../wgsl/loop/loop.cpu'
import { manifestToShape } from '../wgsl/shape'
import { createTurns } from '../wgsl/turns'
import type { TestModel } from './test-model'

const MOST_POSITIONS = 2048

/** Never changed, so that a branch is the same one. */
interface ReferenceStream {
  readonly voice: Float32Array
  readonly length: number
  /** (layer) */
  readonly caches: readonly CpuCache[]
}

export function createReferenceEngine({ manifest, vocabulary, weights }: TestModel): LmEngine {
  const shape = manifestToShape(manifest, vocabulary)
  const model = readCpuModel(weights, shape, createTurns(shape, MOST_POSITIONS))

  function feedStream(
    { voice, length, caches }: ReferenceStream,
    tokens: readonly PlacedToken[],
  ): { logits: Float32Array; stream: ReferenceStream } {
    const rows = tokens.map((token, i) => ({
      slot: 0,
      base: 0,
      position: length + i,
      token,
      wantsLogits: i === tokens.length - 1,
    }))
    const end = length + rows.length
    const room = caches.map((cache) => {
      const grown = new Uint32Array(end * shape.dim)
      grown.set(cache.subarray(0, length * shape.dim))
      return grown
    })
    const after = layersCpu(model, rows, voice, room)
    return { logits: after.logits, stream: { voice, length: end, caches: after.caches } }
  }

  function openCursor(): LmCursor {
    const streams = new Map<StreamId, ReferenceStream>()
    const find = (id: StreamId): ReferenceStream => findStream(streams, id)
    let lastId = -1
    const add = (stream: ReferenceStream): StreamId => {
      lastId += 1
      streams.set(lastId, stream)
      return lastId
    }
    return {
      open: (voice) => add({ voice, length: 0, caches: model.layers.map(() => new Uint32Array(0)) }),
      async feed(feeds) {
        return feeds.map(({ stream: id, tokens }) => {
          const { logits, stream } = feedStream(find(id), tokens)
          streams.set(id, stream)
          return logits
        })
      },
      length: (id) => find(id).length,
      branch: (id) => add(find(id)),
      rewind: (id, length) => void streams.set(id, { ...find(id), length }),
      close(id) {
        find(id)
        streams.delete(id)
      },
      dispose: () => streams.clear(),
    }
  }

  return {
    name: 'wasm',
    openCursor,
    start: (specs, drawn) => startRuleBatch(openCursor(), specs, vocabulary, { drawn }),
    dispose: async () => undefined,
  }
}
