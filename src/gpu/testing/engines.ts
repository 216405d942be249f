/**
 * Owns: every engine that runs in Node, on the same committed int8 weights, for tests and benchmarks.
 */
import { readFile } from 'node:fs/promises'
import type { Ladder } from '../ladder/load'
import { createWasmLm, type WasmLmEngine } from '../wasm/lm'
import { MODELS_FOLDER, readLmWasm } from './disk-ladder'

export async function openTestWasmLm({ manifest, vocabulary }: Ladder): Promise<WasmLmEngine> {
  const weights = await readFile(`${MODELS_FOLDER}lm.int8.safetensors`)
  return createWasmLm({ module: await readLmWasm(), weights, manifest, vocabulary })
}
