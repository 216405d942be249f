/**
 * Owns: every engine that runs in Node, on the same committed int8 weights, for tests and benchmarks.
 */
import { readFile } from 'node:fs/promises'
import type { Ladder } from '../ladder/load'
import { createWasmLm, type WasmLmEngine } from '../wasm/lm'
import { MODELS_FOLDER, readLmWasm } from './disk-ladder'

/** How far the WebAssembly engine's logits, which reach 20, may be from ONNX Runtime's. int16 activations: 5e-4 measured. */
export const DISTANCE = 2e-3

export async function openTestWasmLm({ manifest, vocabulary }: Ladder): Promise<WasmLmEngine> {
  const weights = await readFile(`${MODELS_FOLDER}lm.int8.safetensors`)
  return createWasmLm({ module: await readLmWasm(), weights, manifest, vocabulary })
}
