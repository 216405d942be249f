/**
 * Each kernel against plain TypeScript over many shapes, and the built module against its sources. Numbers are compared,
 * with the tolerance stated beside them; integer sums must be equal.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { buildWasm } from '../../../scripts/build-wasm.mjs'
import { readLmWasm } from '../testing/disk-ladder'
import { largestDifference } from '../testing/golden'
import { randomNumbers } from '../testing/random'
import { Arena, instantiate, type Address, type Kernels } from './module'

let kernels: Kernels
let arena: Arena
beforeAll(async () => {
  kernels = await instantiate(await readLmWasm())
  arena = new Arena(kernels)
})

const random = randomNumbers(7)
const randomFloats = (count: number, scale = 1) =>
  Float32Array.from({ length: count }, () => random() * scale)

function place(values: Float32Array | Int16Array | Int8Array | Int32Array): Address {
  const at = arena.carve(values.byteLength)
  new Uint8Array(arena.buffer, at, values.byteLength).set(new Uint8Array(values.buffer))
  return at
}
const floatsAt = (at: Address, count: number) => new Float32Array(arena.buffer, at, count).slice()

it('is built from its sources, byte for byte', async () => {
  expect(new Uint8Array(await buildWasm())).toEqual(new Uint8Array(await readLmWasm()))
})

describe('matmul', () => {
  const shapes = [
    [8, 4, 4],
    [8, 8, 8],
    [24, 32, 32],
    [40, 320, 320],
    [16, 864, 32],
    [1144, 320, 320],
  ] as const
  it.each(shapes)(
    '%i rows of %i columns, scales for %i: exact sums, for 1 to 32 rows of x',
    (rows, columns, group) => {
      const weights = Int8Array.from({ length: rows * columns }, () => Math.round(random() * 127))
      const weightScales = randomFloats(rows)
      const w = place(weights)
      kernels.pack(w, rows, columns)
      for (const xRows of [1, 2, 3, 4, 8, 9, 16, 32]) {
        const x = Int16Array.from({ length: xRows * columns }, () => Math.round(random() * 32767))
        const groups = columns / group
        const xScales = randomFloats(xRows * groups, 1e-4)
        const before = randomFloats(xRows * rows)
        for (const add of [false, true]) {
          const out = place(before)
          const [ws, xs] = [place(weightScales), place(xScales)]
          kernels.matmul(w, ws, rows, columns, place(x), xs, group, xRows, out, add)
          const wanted = before.map((old, at) => {
            const [row, b] = [at % rows, Math.floor(at / rows)]
            let total = 0
            for (let g = 0; g < groups; g++) {
              let sum = 0
              for (let i = g * group; i < (g + 1) * group; i++)
                sum += weights[row * columns + i] * x[b * columns + i]
              total = Math.fround(total + Math.fround(Math.fround(sum) * xScales[b * groups + g]))
            }
            const product = Math.fround(total * weightScales[row])
            return add ? old + product : product
          })
          expect(floatsAt(out, xRows * rows)).toEqual(wanted)
        }
      }
    },
  )

  it('does not overflow where every product of the largest group is the largest', () => {
    const [rows, columns] = [kernels.rowStep(), kernels.maxGroup()]
    const w = place(new Int8Array(rows * columns).fill(-127))
    const x = place(new Int16Array(columns).fill(32767))
    const out = place(new Float32Array(rows))
    const one = place(new Float32Array(rows).fill(1))
    kernels.matmul(w, one, rows, columns, x, one, columns, 1, out, false)
    expect([...floatsAt(out, rows)]).toEqual(
      Array.from({ length: rows }, () => Math.fround(-127 * 32767 * columns)),
    )
  })
})

describe('quantiseGroups', () => {
  it.each([
    [8, 1],
    [320, 1],
    [96, 9],
  ])('rounds groups of %i, %i of them, to the nearest of 65,535 levels', (group, groups) => {
    for (const scale of [0, 1e-20, 1, 1e20]) {
      const x = randomFloats(group * groups, scale)
      const [out, scales] = [arena.carve(x.length * 2), arena.carve(groups * 4)]
      kernels.quantiseGroups(place(x), group, groups, out, scales)
      const steps = floatsAt(scales, groups)
      const codes = new Int16Array(arena.buffer, out, x.length)
      // Half a level, and float32's own rounding of the product.
      for (let i = 0; i < x.length; i++) {
        const step = steps[Math.floor(i / group)]
        expect(Math.abs(codes[i] * step - x[i])).toBeLessThanOrEqual(step * 0.505)
      }
    }
  })
})

describe('kernels of one row', () => {
  it.each([4, 64, 320, 864])('rmsNorm of %i', (count) => {
    const [x, weight] = [randomFloats(count, 5), randomFloats(count)]
    const out = arena.carve(count * 4)
    kernels.rmsNorm(place(x), place(weight), count, 1e-6, out)
    const inverse = 1 / Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / count + 1e-6)
    const wanted = x.map((value, i) => value * inverse * weight[i])
    expect(largestDifference(floatsAt(out, count), wanted)).toBeLessThan(1e-5)
  })

  it.each([4, 96, 864])('swiGlu of %i, far out too', (count) => {
    const [gate, up] = [randomFloats(count, 100), randomFloats(count)]
    const out = arena.carve(count * 4)
    kernels.swiGlu(place(gate), place(up), count, out)
    const wanted = gate.map((g, i) => (g / (1 + Math.exp(-g))) * up[i])
    // Relative to gates of 100.
    expect(largestDifference(floatsAt(out, count), wanted)).toBeLessThan(2e-5)
  })

  it.each([
    [1, 32],
    [5, 64],
    [3, 128],
  ])('rotate %i heads of %i', (heads, headDim) => {
    const x = randomFloats(heads * headDim)
    const angles = randomFloats(headDim / 2, 3)
    const at = place(x)
    kernels.rotate(at, heads, headDim, place(angles.map(Math.cos)), place(angles.map(Math.sin)))
    const half = headDim / 2
    const wanted = x.map((value, i) => {
      const within = i % headDim
      const angle = angles[within % half]
      const other = within < half ? -x[i + half] : x[i - half]
      return value * Math.cos(angle) + other * Math.sin(angle)
    })
    expect(largestDifference(floatsAt(at, x.length), wanted)).toBeLessThan(1e-6)
  })
})

describe('attention over a paged cache', () => {
  const shapes = [
    [1, 32, 1],
    [5, 64, 2],
    [2, 128, 3],
  ] as const
  it.each(shapes)(
    '%i heads of %i, %i layers: any length, beside older contents',
    (heads, headDim, layers) => {
      const dim = heads * headDim
      const model = place(Int32Array.of(layers, heads, headDim, dim))
      const length = 130
      const pageCount = Math.ceil(length / kernels.pagePositions())
      const pages = Array.from({ length: pageCount }, () => arena.carve(kernels.pageBytes(model)))
      const list = place(Int32Array.from(pages))
      const layer = layers - 1
      const keys = Array.from({ length }, () => randomFloats(dim, 2))
      const values = Array.from({ length }, () => randomFloats(dim, 2))
      for (let t = 0; t < length; t++) kernels.append(model, layer, list, t, place(keys[t]), place(values[t]))
      const q = randomFloats(dim, 2)
      const out = arena.carve(dim * 4)
      for (const seen of [1, 2, 3, 15, 16, 17, 31, 32, 33, 100, 130]) {
        kernels.attend(model, layer, list, seen, place(q), out)
        const wanted = q.map((_, i) => {
          const first = i - (i % headDim)
          const weights = keys.slice(0, seen).map((key) => {
            let dot = 0
            for (let d = first; d < first + headDim; d++) dot += q[d] * key[d]
            return Math.exp(dot / Math.sqrt(headDim))
          })
          const sum = weights.reduce((total, weight) => total + weight, 0)
          return weights.reduce((total, weight, t) => total + (weight / sum) * values[t][i], 0)
        })
        // Keys and values in int16: half a level is 3e-5 of the largest.
        expect(largestDifference(floatsAt(out, dim), wanted), `${seen} positions`).toBeLessThan(3e-4)
      }
    },
  )
})
