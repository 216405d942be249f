/**
 * Owns: a model of the right shape and no sense, small enough to be made and run many times in a test: the committed
 * manifest with small sizes, and seeded int8 weights in the format of `training/int8.py`.
 */
import { createVocabulary } from '../../speech/3-units/vocabulary'
import { randomNumbers } from './random'
import { readTestManifest, type TestModel } from './test-model'

const ALIGNMENT_BYTES = 64
const DIM = 64
const FF = 64
const CODES = 8
const VOICE_DIM = 32
/** Not the published model's, and large enough to be noticed. */
const RMS_EPSILON = 0.05

export function makeTinyModel(): TestModel {
  const full = readTestManifest()
  const sizes = { layers: 2, heads: 1, dim: DIM, headDim: DIM, ff: FF, rmsEpsilon: RMS_EPSILON }
  const manifest = { ...full, codes: CODES, voiceDim: VOICE_DIM, lm: { ...full.lm, ...sizes } }
  const vocabulary = createVocabulary(manifest)
  const random = randomNumbers(2024)
  const tensors: [name: string, data: Int8Array | Float32Array, shape: number[]][] = []
  const vector = (name: string, length: number, value: () => number) =>
    tensors.push([name, Float32Array.from({ length }, value), [length]])
  const matrix = (name: string, rows: number, columns: number, gain: number) => {
    const codes = Int8Array.from({ length: rows * columns }, () => Math.round(random() * 127))
    tensors.push([name, codes, [rows, columns]])
    vector(`${name}.scale`, rows, () => gain / 127 / Math.sqrt(columns))
  }
  matrix('emb.weight', vocabulary.size, DIM, 8)
  matrix('vp.weight', DIM, VOICE_DIM, 1)
  vector('vp.bias', DIM, random)
  for (let layer = 0; layer < sizes.layers; layer++) {
    const name = (part: string) => `layers.${layer}.${part}.weight`
    vector(name('n1'), DIM, () => 1 + random() / 2)
    matrix(name('a.qkv'), 3 * DIM, DIM, 2)
    matrix(name('a.o'), DIM, DIM, 2)
    vector(name('n2'), DIM, () => 1 + random() / 2)
    matrix(name('w1'), 2 * FF, DIM, 2)
    matrix(name('w2'), DIM, FF, 2)
  }
  vector('nf.weight', DIM, () => 1 + random() / 2)
  matrix('head.weight', vocabulary.size, DIM, 4)
  return { manifest, vocabulary, weights: toSafetensors(tensors) }
}

function toSafetensors(
  tensors: readonly (readonly [string, Int8Array | Float32Array, readonly number[]])[],
): Uint8Array<ArrayBuffer> {
  const header: Record<string, object> = {}
  const parts: Uint8Array[] = []
  let at = 0
  const add = (name: string, dtype: string, shape: readonly number[], bytes: Uint8Array) => {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] }
    parts.push(bytes)
    at += bytes.length
  }
  for (const [name, data, shape] of tensors) {
    add(name, data instanceof Int8Array ? 'I8' : 'F32', shape, new Uint8Array(data.buffer))
    const hole = (ALIGNMENT_BYTES - (at % ALIGNMENT_BYTES)) % ALIGNMENT_BYTES
    if (hole > 0) add(`padding.${name}`, 'U8', [hole], new Uint8Array(hole))
  }
  const json = JSON.stringify(header)
  const text = new TextEncoder().encode(
    json.padEnd(Math.ceil((8 + json.length) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES - 8),
  )
  const file = new Uint8Array(8 + text.length + at)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  file.set(text, 8)
  let end = 8 + text.length
  for (const part of parts) {
    file.set(part, end)
    end += part.length
  }
  return file
}
