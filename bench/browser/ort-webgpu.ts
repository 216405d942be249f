/** Owns: ONNX Runtime Web's WebGPU build, a second runtime beside the site's; the site does not ship it. */
import * as ort from 'onnxruntime-web/webgpu'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import type { ExternalData } from '../../src/gpu/ort/runtime'

export function createWebGpuSession(
  _name: string,
  model: Uint8Array,
  externalData: readonly ExternalData[] = [],
): Promise<ort.InferenceSession> {
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, self.location.href).href }
  return ort.InferenceSession.create(model, {
    executionProviders: ['webgpu'],
    graphOptimizationLevel: 'all',
    // That shapes are reckoned on the processor is no news.
    logSeverityLevel: 3,
    externalData: [...externalData],
  })
}
