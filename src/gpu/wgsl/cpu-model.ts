/**
 * Owns: what the references of all kernels work on in TypeScript: the weights as matrices with row scales, and the rows and
 * caches of a test. Arrays are laid out as the shaders' buffers are.
 */
import { readSafetensors } from '../safetensors'
import type { Row } from './rows'
import type { LmShape } from './shape'

export interface CpuMatrix {
  readonly rows: number
  readonly columns: number
  /** (row, column) */
  readonly codes: Int8Array
  readonly scales: Float32Array
}

export interface CpuLayer {
  readonly attentionNorm: Float32Array
  readonly qkv: CpuMatrix
  readonly out: CpuMatrix
  readonly ffNorm: Float32Array
  /** Gate rows, then up rows. */
  readonly gateUp: CpuMatrix
  readonly down: CpuMatrix
}

export interface CpuModel {
  readonly shape: LmShape
  readonly embedding: CpuMatrix
  readonly voice: CpuMatrix
  readonly voiceBias: Float32Array
  readonly layers: readonly CpuLayer[]
  readonly headNorm: Float32Array
  readonly head: CpuMatrix
  /** (position, angle) as (cos, sin). */
  readonly turns: Float32Array
}

/** Keys and values of one layer as float16 words: (slot, position, key/value, dim / 2). */
export type CpuCache = Uint32Array

export type CpuRows = readonly Row[]

export function readCpuModel(bytes: Uint8Array, shape: LmShape, turns: Float32Array): CpuModel {
  const tensors = readSafetensors(bytes)
  const span = (name: string): [ArrayBuffer, number, readonly number[]] => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`no tensor ${name}`)
    const copy = bytes.slice(tensor.offset, tensor.offset + tensor.bytes)
    return [copy.buffer, tensor.bytes, tensor.shape]
  }
  const vector = (name: string) => new Float32Array(span(name)[0])
  const matrix = (name: string): CpuMatrix => {
    const [buffer, , [rows, columns]] = span(name)
    return { rows, columns, codes: new Int8Array(buffer), scales: vector(`${name}.scale`) }
  }
  return {
    shape,
    turns,
    embedding: matrix('emb.weight'),
    voice: matrix('vp.weight'),
    voiceBias: vector('vp.bias'),
    layers: Array.from({ length: shape.layers }, (_, i) => ({
      attentionNorm: vector(`layers.${i}.n1.weight`),
      qkv: matrix(`layers.${i}.a.qkv.weight`),
      out: matrix(`layers.${i}.a.o.weight`),
      ffNorm: vector(`layers.${i}.n2.weight`),
      gateUp: matrix(`layers.${i}.w1.weight`),
      down: matrix(`layers.${i}.w2.weight`),
    })),
    headNorm: vector('nf.weight'),
    head: matrix('head.weight'),
  }
}
