/**
 * Owns: the speech worker's surroundings: messages in and out, Cache Storage, WebGPU, the runtime's wasm. The work itself is in
 * `session.ts`, which knows nothing of these.
 */
import { loadGpuRuntime } from '../gpu/ort/gpu-runtime'
import { bundledShaders } from '../gpu/wgsl/shaders'
import lmWasmUrl from '../gpu/wasm/lm.wasm?url'
import gpuWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { ClientMessage, WorkerMessage } from './protocol'
import { createWorkerSession } from './session'

const CACHE_NAME = 'converge-models'

const toAddress = (url: string): string => new URL(url, self.location.href).href
// Declared to be there always, which it is not.
const findGpu = async () => (navigator as { gpu?: GPU }).gpu ?? 'This browser has no WebGPU.'

const session = createWorkerSession({
  post: (message: WorkerMessage, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  fetch: (...call) => fetch(...call),
  openCache: async () => {
    try {
      return await caches.open(CACHE_NAME)
    } catch {
      return undefined
    }
  },
  nowMs: () => performance.now(),
  runtime: { threads: 1, wasmUrl: toAddress(wasmUrl) },
  readLmWasm: async () => (await fetch(toAddress(lmWasmUrl))).arrayBuffer(),
  webGpu: { findGpu, readShaders: async () => bundledShaders },
  networksPort: { findGpu, loadRuntime: () => loadGpuRuntime(toAddress(gpuWasmUrl)) },
})

self.addEventListener('message', (event: MessageEvent<ClientMessage>) => session.receive(event.data))
