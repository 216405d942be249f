/**
 * Owns: the real ladder, for tests in Node: the committed models, read from disk and proven like everywhere else.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findDamage, type ModelFiles } from '../ladder/model-files'
import { loadLadder, type Ladder, type LoadOptions } from '../ladder/load'

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

export const openTestLadder = (lmWeights: LoadOptions['lmWeights']): Promise<Ladder> =>
  loadLadder(diskModels, { tokenizers: ['whisper', 'mel'], runtime: { threads: 1 }, lmWeights })
