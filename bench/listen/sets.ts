/**
 * Owns: sets of speech with transcripts on disk: the folders that `python -m training.listen_sets` and
 * `python -m training.actors` make, the clips in e2e/fixtures, and takes that a script keeps. A set is a folder of WAV files and
 * transcripts.json {file: text}.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { readRecording, writeWav } from '../../src/cli/files'
import type { Recording } from '../../src/gpu/ladder/tokenize'

export interface Utterance {
  readonly file: string
  readonly text: string
  readonly recording: Recording
}

/** Every `step`th file from `first` on, in order. */
export async function readSet(folder: string, step = 1, first = 0): Promise<Utterance[]> {
  const transcripts: Record<string, string> = JSON.parse(await readFile(`${folder}/transcripts.json`, 'utf8'))
  const chosen = Object.entries(transcripts).filter((_, i) => i % step === first)
  return Promise.all(
    chosen.map(async ([file, text]) => ({ file, text, recording: await readRecording(`${folder}/${file}`) })),
  )
}

/** In order, sound in 16 bits. */
export async function writeSet(folder: string, utterances: readonly Utterance[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { file, recording } of utterances)
    await writeWav(`${folder}/${file}`, recording.samples, recording.sampleRateHz)
  const transcripts = Object.fromEntries(utterances.map(({ file, text }) => [file, text]))
  await writeFile(`${folder}/transcripts.json`, JSON.stringify(transcripts, null, 2))
}

/** People. */
export const LIBRIVOX = 'e2e/fixtures/librivox'

export const TUNING_SETS = ['tune/teacher', 'tune/flite-kal16', 'tune/pico-us', 'tune/actors'].map(
  (name) => `.cache/listen/${name}`,
)

interface TestSet {
  readonly name: string
  readonly folder: string
}

/**
 * Recordings and sentences that no tuning hears. Nor does it hear the voices, but for those of the held-out texts, which the
 * model was trained on, and of the held-out voices, which tuning hears say other sentences.
 */
export const TEST_SETS: readonly TestSet[] = [
  { name: 'flite rms', folder: '.cache/listen/test/flite-rms' },
  { name: 'flite slt', folder: '.cache/listen/test/flite-slt' },
  { name: 'flite awb', folder: '.cache/listen/test/flite-awb' },
  { name: 'Pico en-GB', folder: '.cache/listen/test/pico-gb' },
  { name: 'held-out texts, decoded again', folder: '.cache/listen/test/teacher' },
  { name: 'held-out voices, decoded again', folder: '.cache/listen/test/teacher-voices' },
  { name: 'held-out texts', folder: '.cache/listen/test/teacher-sound' },
  { name: 'held-out voices', folder: '.cache/listen/test/teacher-voices-sound' },
]
