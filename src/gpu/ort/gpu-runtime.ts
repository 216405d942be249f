/**
 * Owns: ONNX Runtime Web's build for WebGPU, a second runtime beside `runtime.ts`, fetched when it is first asked for. Of
 * its two builds the one that waits by JSPI: 4.1 MB compressed where the other has 6.6, and it is the faster.
 */
import { ConvergeError } from '../../speech/errors'
import { oneByOne, type CreateSession } from './runtime'

/**
 * @param wasmUrl of its wasm
 * @returns what makes sessions on the graphics card
 * @throws ConvergeError `engine-unavailable` where the browser can't wait inside WebAssembly
 */
export async function loadGpuRuntime(wasmUrl: string): Promise<CreateSession> {
  if (!('Suspending' in WebAssembly)) {
    throw new ConvergeError('engine-unavailable', 'This browser has no WebAssembly JSPI, which it needs.')
  }
  const ort = await import('onnxruntime-web/jspi')
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = { wasm: wasmUrl }
  return oneByOne((_name, model, externalData = []) =>
    ort.InferenceSession.create(model, {
      executionProviders: ['webgpu'],
      graphOptimizationLevel: 'all',
      // That shapes are reckoned on the processor is no news.
      logSeverityLevel: 3,
      externalData: [...externalData],
    }),
  )
}
