/**
 * Owns: making the page's stored examples anew: one take that the real ladder speaks, and recordings of real people from
 * the test fixtures. Run with `npx tsx scripts/make-examples.ts`.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { textToPlan } from '../src/gpu/ladder/plan'
import { drawTakes, takeToWave } from '../src/gpu/ladder/speak'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { encodeWav } from '../src/speech/4-wave/wav'

const TEXT = 'Every sentence has many right answers; this is one of them.'
const VOICE = 'bf_emma'
const TEMPERATURE = 0.6
const SEED = 3
const RECORDINGS = [
  { file: 'sense-0880.wav', title: 'Not an ill-disposed young man' },
  { file: 'sense-0890.wav', title: 'Rather cold hearted' },
  { file: 'sense-0930.wav', title: 'Made amiable himself' },
]

const fromExamples = (name: string) => new URL(`../public/examples/${name}`, import.meta.url)
const fromFixtures = (name: string) => new URL(`../e2e/fixtures/librivox/${name}`, import.meta.url)

const ladder = await openTestLadder('int8')
const plan = await textToPlan(ladder, TEXT)
const options = {
  voice: chooseVoice(ladder, { name: VOICE }),
  sampling: { temperature: TEMPERATURE, topP: 1, topK: 0, minP: 0 },
  seed: SEED,
}
const [take] = await drawTakes(ladder, plan, options, 1)
const samples = await takeToWave(ladder, plan, take, options)
const { sampleRateHz, samplesPerFrame } = ladder.manifest
const example = {
  text: TEXT,
  voice: VOICE,
  temperature: TEMPERATURE,
  seed: SEED,
  phones: plan.utterances.flat(),
  words: plan.words,
  ...take,
  sampleRateHz,
  samplesPerFrame,
}
writeFileSync(fromExamples('speak-example.json'), `${JSON.stringify(example)}\n`)
writeFileSync(fromExamples('speak-example.wav'), encodeWav(samples, sampleRateHz))
await ladder.dispose()

const transcripts: Record<string, string> = JSON.parse(readFileSync(fromFixtures('transcripts.json'), 'utf8'))
const recordings = RECORDINGS.map(({ file, title }) => {
  copyFileSync(fromFixtures(file), fromExamples(file))
  return {
    file,
    title,
    text: transcripts[file],
    credit: 'Jane Austen, Sense and Sensibility, read for LibriVox',
  }
})
writeFileSync(fromExamples('examples.json'), `${JSON.stringify(recordings, null, 2)}\n`)
