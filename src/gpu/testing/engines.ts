/**
 * Owns: every engine that runs in Node without a device, on the same committed int8 weights, for tests and benchmarks.
 */
import { readFile } from 'node:fs/promises'
import type { Ladder } from '../ladder/load'
import { WEIGHTS } from '../ladder/open-lm'
import { createWasmLm, type WasmLmEngine } from '../wasm/lm'
import { MODELS_FOLDER, openTestLadder, readLmWasm } from './disk-ladder'

/** How far the WebAssembly engine's logits, which reach 20, may be from ONNX Runtime's. int16 activations: 5e-4 measured. */
export const DISTANCE = 2e-3

export async function openTestWasmLm({ manifest, vocabulary }: Ladder): Promise<WasmLmEngine> {
  const weights = await readFile(MODELS_FOLDER + WEIGHTS)
  return createWasmLm({ module: await readLmWasm(), weights, manifest, vocabulary })
}

/** The real ladder on the reference engine, and beside it the WebAssembly engine. */
export async function openBothEngines(): Promise<{ readonly ladder: Ladder; readonly wasm: WasmLmEngine }> {
  const ladder = await openTestLadder('int8')
  return { ladder, wasm: await openTestWasmLm(ladder) }
}
