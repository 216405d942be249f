/**
 * Owns: a language model for tests: its manifest, vocabulary and int8 weights; here the committed one, read from disk.
 */
import { readFileSync } from 'node:fs'
import { createVocabulary, type Vocabulary } from '../../speech/3-units/vocabulary'
import { parseManifest, type Manifest } from '../../speech/manifest'
import { WEIGHTS } from '../ladder/open-lm'
import { MODELS_FOLDER } from './disk-ladder'

export interface TestModel {
  readonly manifest: Manifest
  readonly vocabulary: Vocabulary
  /** In the format of `training/int8.py`. */
  readonly weights: Uint8Array<ArrayBuffer>
}

export const readTestManifest = (): Manifest =>
  parseManifest(JSON.parse(readFileSync(`${MODELS_FOLDER}manifest.json`, 'utf8')))

export function readTestModel(): TestModel {
  const manifest = readTestManifest()
  const weights = new Uint8Array(readFileSync(MODELS_FOLDER + WEIGHTS))
  return { manifest, vocabulary: createVocabulary(manifest), weights }
}
