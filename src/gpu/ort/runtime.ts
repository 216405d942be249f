/**
 * Owns: ONNX Runtime Web itself: where its wasm comes from, how many threads, and sessions from bytes. Everything else
 * in this folder sees sessions only. Works in a worker and in Node.
 */
import * as ort from 'onnxruntime-web/wasm'
import { ConvergeError } from '../../speech/errors'

export interface RuntimeOptions {
  readonly threads: number
  /** Address of the runtime's wasm; Node finds it by itself. */
  readonly wasmUrl?: string
}

/** Bytes that a graph refers to by a name of its own. */
export interface ExternalData {
  readonly path: string
  readonly data: Uint8Array
}

/** Once, before the first session. */
export function setUpRuntime({ threads, wasmUrl }: RuntimeOptions): void {
  ort.env.wasm.numThreads = threads
  ort.env.wasm.proxy = false
  ort.env.logLevel = 'error'
  if (wasmUrl) ort.env.wasm.wasmPaths = { wasm: wasmUrl }
}

/** @throws ConvergeError `engine-failed` naming the model */
export type CreateSession = (
  name: string,
  model: Uint8Array,
  externalData?: readonly ExternalData[],
) => Promise<ort.InferenceSession>

/** Sessions are made one by one: the runtime mounts external data for all of them at once and unmounts it as one is made. */
export function oneByOne(create: CreateSession): CreateSession {
  let last: Promise<unknown> = Promise.resolve()
  return (...given) => {
    const creation = last.then(() => create(...given))
    last = creation.catch(() => undefined)
    return creation
  }
}

export const createSession = oneByOne(async (name, model, externalData = []) => {
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      externalData: [...externalData],
    })
  } catch (cause) {
    throw new ConvergeError(
      'engine-failed',
      `The runtime could not open ${name}. Reload the page; if it happens again, this browser lacks memory or WebAssembly SIMD.`,
      { model: name, detail: String(cause) },
      { cause },
    )
  }
})

export const floats = (data: Float32Array, dims: readonly number[]): ort.Tensor =>
  new ort.Tensor('float32', data, dims)

export const integers = (values: readonly number[], dims: readonly number[]): ort.Tensor =>
  new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims)

/** The named float output of a run. */
export function floatOutput(outputs: ort.InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const tensor = outputs[name]
  if (!(tensor?.data instanceof Float32Array)) {
    throw new ConvergeError('model-incompatible', `The model gives no output “${name}”.`, { wanted: name })
  }
  return tensor.data
}

export type { InferenceSession } from 'onnxruntime-web/wasm'
