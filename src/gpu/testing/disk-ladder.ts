/**
 * Owns: the real ladder, for tests in Node: the committed models, read from disk and proven like everywhere else.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findDamage, type ModelFiles } from '../ladder/model-files'
import type { EngineChoice } from '../ladder/choose-lm'
import { loadLadder, type Ladder } from '../ladder/load'
import type { LmWeights } from '../ladder/open-lm'

export const MODELS_FOLDER = fileURLToPath(new URL('../../../public/models/', import.meta.url))

export const diskModels: ModelFiles = {
  readManifest: async () => JSON.parse(await readFile(`${MODELS_FOLDER}manifest.json`, 'utf8')),
  async readFile(name, file) {
    const bytes = new Uint8Array(await readFile(MODELS_FOLDER + name))
    const damage = await findDamage(name, bytes, file)
    if (damage) throw damage
    return bytes
  },
}

export const readLmWasm = (): Promise<Buffer<ArrayBuffer>> =>
  readFile(new URL('../wasm/lm.wasm', import.meta.url))

/** With the reference engine, unless another is asked for. */
export const openTestLadder = (lmWeights: LmWeights, engine: EngineChoice = 'ort'): Promise<Ladder> =>
  loadLadder(diskModels, {
    tokenizers: ['whisper', 'mel'],
    runtime: { threads: 1 },
    engine,
    lmWeights,
    readLmWasm,
  })
