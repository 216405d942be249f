/**
 * Owns: putting weights into the module's memory and writing the record of `assembly/model.ts` that says where they lie.
 * The file goes in as it is: its tensors begin at multiples of 64 bytes. Matrices are packed for the kernels in place.
 */
import { ConvergeError } from '../../speech/errors'
import type { Manifest } from '../../speech/manifest'
import type { Vocabulary } from '../../speech/3-units/vocabulary'
import { readSafetensors, type TensorType } from '../safetensors'
import type { Address, Arena, Kernels } from './module'

export interface PlacedModel {
  /** Of the record. */
  readonly address: Address
  /** The voice projection, float32 (voiceDim) -> (dim). */
  projectVoice(voice: Float32Array): Float32Array
}

/** @throws ConvergeError `model-damaged` or `model-incompatible` */
export function placeModel(
  kernels: Kernels,
  arena: Arena,
  weights: Uint8Array,
  manifest: Manifest,
  vocabulary: Vocabulary,
): PlacedModel {
  const { layers, heads, headDim, dim, ff, rmsEpsilon } = manifest.lm
  checkSizes(kernels, manifest, vocabulary)
  const tensors = readSafetensors(weights)
  const file = arena.carve(weights.length)
  new Uint8Array(arena.buffer, file, weights.length).set(weights)

  function find(name: string, type: TensorType, ...shape: number[]): Address {
    const entry = tensors.get(name)
    const wanted = `${type} ${shape.join(' x ')}`
    const found = entry ? `${entry.type} ${entry.shape.join(' x ')}` : 'none'
    if (!entry || found !== wanted) {
      throw new ConvergeError('model-incompatible', `The weights hold no fitting ${name}.`, {
        name,
        wanted,
        found,
      })
    }
    return file + entry.offset
  }
  const vector = (name: string): Address => find(name, 'F32', dim)
  const matrix = (name: string, rows: number, columns: number): [codes: Address, scales: Address] => [
    find(name, 'I8', rows, columns),
    find(`${name}.scale`, 'F32', rows),
  ]

  const packed = (name: string, rows: number, columns: number): [codes: Address, scales: Address] => {
    const [codes, scales] = matrix(name, rows, columns)
    kernels.pack(codes, rows, columns)
    return [codes, scales]
  }

  const layerFields = Array.from({ length: layers }, (_, i) => `layers.${i}.`).flatMap((layer) => [
    vector(`${layer}n1.weight`),
    ...packed(`${layer}a.qkv.weight`, dim * 3, dim),
    ...packed(`${layer}a.o.weight`, dim, dim),
    vector(`${layer}n2.weight`),
    ...packed(`${layer}w1.weight`, ff * 2, dim),
    ...packed(`${layer}w2.weight`, dim, ff),
  ])
  const sizes = [layers, heads, headDim, dim, ff, vocabulary.size, vocabulary.pad]
  const epsilon = new Int32Array(Float32Array.of(rmsEpsilon).buffer)[0]
  const record = [
    ...sizes,
    epsilon,
    ...matrix('emb.weight', vocabulary.size, dim),
    vector('nf.weight'),
    ...packed('head.weight', vocabulary.size, dim),
    ...layerFields,
  ]
  const address = arena.carve(record.length * Int32Array.BYTES_PER_ELEMENT)
  new Int32Array(arena.buffer, address, record.length).set(record)

  const [voiceCodes, voiceScales] = matrix('vp.weight', dim, manifest.voiceDim)
  const voiceBias = vector('vp.bias')
  return {
    address,
    projectVoice(voice) {
      const codes = new Int8Array(arena.buffer, voiceCodes, dim * manifest.voiceDim)
      const scales = new Float32Array(arena.buffer, voiceScales, dim)
      const bias = new Float32Array(arena.buffer, voiceBias, dim)
      return Float32Array.from(bias, (offset, row) => {
        let sum = 0
        for (let i = 0; i < voice.length; i++) sum += codes[row * voice.length + i] * voice[i]
        return sum * scales[row] + offset
      })
    },
  }
}

function checkSizes(
  kernels: Kernels,
  { lm: { heads, headDim, dim, ff } }: Manifest,
  { size }: Vocabulary,
): void {
  const fits =
    heads * headDim === dim &&
    headDim % kernels.headDimStep() === 0 &&
    headDim <= kernels.maxHeadDim() &&
    dim <= kernels.maxDim() &&
    ff % kernels.downGroup() === 0 &&
    ff <= kernels.maxColumns() &&
    size % kernels.rowStep() === 0
  if (fits) return
  throw new ConvergeError(
    'model-incompatible',
    'The WebAssembly engine has no kernels for a model of these sizes.',
    {
      heads,
      headDim,
      dim,
      ff,
      vocabulary: size,
    },
  )
}
