/**
 * Owns: sets of speech with transcripts on disk: the folders that `python -m training.listen_sets` makes, and the clips in
 * e2e/fixtures. A set is a folder of WAV files and transcripts.json {file: text}.
 */
import { readFile } from 'node:fs/promises'
import { readRecording } from '../../src/cli/files'
import type { Recording } from '../../src/gpu/ladder/tokenize'

export interface Utterance {
  readonly file: string
  readonly text: string
  readonly recording: Recording
}

/** Every `step`th file from `first` on, in order. */
export async function readSet(folder: string, step: number, first: number): Promise<Utterance[]> {
  const transcripts: Record<string, string> = JSON.parse(await readFile(`${folder}/transcripts.json`, 'utf8'))
  const chosen = Object.entries(transcripts).filter((_, i) => i % step === first)
  return Promise.all(
    chosen.map(async ([file, text]) => ({ file, text, recording: await readRecording(`${folder}/${file}`) })),
  )
}

export const TUNING_SETS = ['tune/teacher', 'tune/flite-kal16', 'tune/pico-us'].map(
  (name) => `.cache/listen/${name}`,
)

/** Voices and sentences that no tuning hears. */
export const TEST_SETS = ['test/flite-rms', 'test/flite-slt', 'test/flite-awb', 'test/pico-gb'].map(
  (name) => `.cache/listen/${name}`,
)
