import { describe, expect, it } from 'vitest'
import { KvCache } from './kv-cache'

const shape = { layers: 2, heads: 3, headDim: 4 }

/** present (layer, key/value, row, head, position, dim) whose every value names its place. */
function present(rows: number, positions: number, label: number): Float32Array {
  const size = shape.layers * 2 * rows * shape.heads * positions * shape.headDim
  return Float32Array.from({ length: size }, (_, i) => label + i / size)
}

/** A stream's values at a position, read back through the view's own dimensions. */
function readBack(cache: KvCache, stream: number, position: number): number[] {
  const { data, dims } = cache.view()
  const [layers, two, streams, heads, capacity, dim] = dims
  const values = []
  for (let plane = 0; plane < layers * two; plane++) {
    for (let head = 0; head < heads; head++) {
      const at = (((plane * streams + stream) * heads + head) * capacity + position) * dim
      values.push(...data.subarray(at, at + dim))
    }
  }
  return values
}

describe('KvCache', () => {
  it('keeps what was appended through growth and through streams that leave', () => {
    const cache = new KvCache(shape)
    for (const _ of [0, 1, 2]) cache.add()
    const wanted: number[][][] = [[], [], []]
    for (let position = 0; position < 150; position++) {
      const block = present(3, 1, position)
      for (const stream of [0, 1, 2]) {
        cache.append(stream, block, stream, 3, 1)
        wanted[stream].push(readBack(cache, stream, position))
      }
    }
    expect(cache.lengths).toEqual([150, 150, 150])
    cache.keep([2, 0])
    expect(cache.lengths).toEqual([150, 150])
    for (const position of [0, 63, 64, 149]) {
      expect(readBack(cache, 0, position)).toEqual(wanted[2][position])
      expect(readBack(cache, 1, position)).toEqual(wanted[0][position])
    }
  })

  it('copies a stream, which then goes its own way', () => {
    const cache = new KvCache(shape)
    cache.add()
    cache.append(0, present(1, 3, 1), 0, 1, 3)
    cache.copy(0)
    cache.append(1, present(1, 1, 9), 0, 1, 1)
    expect(cache.lengths).toEqual([3, 4])
    expect(readBack(cache, 1, 2)).toEqual(readBack(cache, 0, 2))
    expect(readBack(cache, 1, 3)[0]).toBe(9)
  })

  it('takes a prefix of many positions at once', () => {
    const cache = new KvCache(shape)
    cache.add()
    cache.append(0, present(1, 5, 1), 0, 1, 5)
    expect(cache.lengths).toEqual([5])
    expect(new Set(readBack(cache, 0, 4)).size).toBe(shape.layers * 2 * shape.heads * shape.headDim)
    expect(readBack(cache, 0, 5).every((value) => value === 0)).toBe(true)
  })
})
