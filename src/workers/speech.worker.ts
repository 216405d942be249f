/**
 * Owns: the speech worker's surroundings: messages in and out, Cache Storage, WebGPU, the runtime's wasm. The work itself is in
 * `session.ts`, which knows nothing of these.
 */
import { bundledShaders } from '../gpu/wgsl/shaders'
import lmWasmUrl from '../gpu/wasm/lm.wasm?url'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { ClientMessage, WorkerMessage } from './protocol'
import { createWorkerSession } from './session'

const CACHE_NAME = 'converge-models'

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
  runtime: { threads: 1, wasmUrl: new URL(wasmUrl, self.location.href).href },
  readLmWasm: async () => (await fetch(new URL(lmWasmUrl, self.location.href))).arrayBuffer(),
  webGpu: {
    // Declared to be there always, which it is not.
    findGpu: async () => (navigator as { gpu?: GPU }).gpu ?? 'This browser has no WebGPU.',
    readShaders: async () => bundledShaders,
  },
})

self.addEventListener('message', (event: MessageEvent<ClientMessage>) => session.receive(event.data))
