/**
 * Owns: the ladder of the site in the bench's worker, on the same files, kernels and runtime, and the engines beside it.
 */
import gpuWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import { loadLadder, type Ladder } from '../../src/gpu/ladder/load'
import { openOrt, type LmParts } from '../../src/gpu/ladder/open-lm'
import type { LmEngine } from '../../src/gpu/lm-engine'
import { loadGpuRuntime } from '../../src/gpu/ort/gpu-runtime'
import { createSession, type CreateSession } from '../../src/gpu/ort/runtime'
import lmWasmUrl from '../../src/gpu/wasm/lm.wasm?url'
import { openWgslLm, type OpenedWgslLm } from '../../src/gpu/wgsl/open'
import { bundledShaders } from '../../src/gpu/wgsl/shaders'
import { createModelStore } from '../../src/workers/model-store'

export interface OpenedLadder {
  /** On our kernels in WebAssembly. */
  readonly ladder: Ladder
  openOrt(): Promise<LmEngine>
  /** The same graph and weights by ONNX Runtime's WebGPU. */
  openOrtWebGpu(): Promise<LmEngine>
  /** @returns why there is none where there is none */
  openWgsl(): Promise<OpenedWgslLm | string>
}

export async function openBenchLadder(): Promise<OpenedLadder> {
  const files = createModelStore(new URL('/models/', self.location.href).href, {
    fetch: (...call) => fetch(...call),
    openCache: async () => undefined,
    waiterFor: () => undefined,
  })
  const ladder = await loadLadder(files, {
    tokenizers: ['whisper'],
    runtime: { threads: 1, wasmUrl: new URL(wasmUrl, self.location.href).href },
    engine: 'wasm',
    lmWeights: 'int8',
    readLmWasm: async () => (await fetch(lmWasmUrl)).arrayBuffer(),
  })
  const { manifest, vocabulary } = ladder
  const read = (name: string) => files.readFile(name, manifest.files[name])
  const partsWith = (create: CreateSession): LmParts => ({
    manifest,
    vocabulary,
    read,
    openSession: async (graph, weights) =>
      create(graph, await read(graph), weights ? [{ path: weights, data: await read(weights) }] : []),
  })
  return {
    ladder,
    openOrt: () => openOrt(partsWith(createSession), 'int8'),
    openOrtWebGpu: async () =>
      openOrt(partsWith(await loadGpuRuntime(new URL(gpuWasmUrl, self.location.href).href)), 'int8'),
    openWgsl: () =>
      openWgslLm({
        // Declared to be there always, which it is not.
        findGpu: async () => (navigator as { gpu?: GPU }).gpu ?? 'This browser has no WebGPU.',
        readShaders: async () => bundledShaders,
        readWeights: () => read('lm.int8.safetensors'),
        manifest,
        vocabulary,
      }),
  }
}
