/**
 * Owns: the quality figures of speaking and of hearing one's own speech: 20 held-out sentences in five voices, said and
 * heard again; ten more takes of each, checked for runaways; and the recordings of real people. Writes the takes to a
 * folder so that other recognisers, and the Python prototype, can be asked about the same files:
 *
 *     npx tsx bench/own-speech.ts
 *     python -m training.prototype_figures bench/results/own-speech
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { listen } from '../src/gpu/ladder/listen'
import type { Ladder } from '../src/gpu/ladder/load'
import { textToPlan, type SpokenPlan } from '../src/gpu/ladder/plan'
import { drawTakes, takeToWave, type Take } from '../src/gpu/ladder/speak'
import type { Recording } from '../src/gpu/ladder/tokenize'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { finish } from '../src/gpu/ladder/finish'
import { MAX_FRAMES_PER_PHONE } from '../src/speech/3-units/streams/speak'
import type { Phone } from '../src/speech/3-units/vocabulary'
import { decodeWav, encodeWav } from '../src/speech/4-wave/wav'
import { phoneErrorRate, poolRates } from '../src/speech/measure/errorRate'
import { checkTake } from '../src/speech/measure/runaway'
import { VOICES } from './voices'

const ROUND_TRIP_TEMPERATURE = 0.5
const RUNAWAY_TEMPERATURE = 0.7
const TAKES_PER_SENTENCE = 10

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const OUT = folder('results/own-speech/')
const LIBRIVOX = folder('../e2e/fixtures/librivox/')
const sentences: string[] = JSON.parse(readFileSync(folder('sentences.json'), 'utf8'))

const greedySampling = (temperature: number) => ({ temperature, topP: 1, topK: 0, minP: 0 })
const speechPhones = (plan: SpokenPlan): Phone[] => plan.utterances.flat()

/** Greedy, as the prototype hears. */
async function hear(ladder: Ladder, recording: Recording): Promise<Phone[]> {
  const { phones } = await finish(listen(ladder, recording, 'whisper', 1))
  return phones.map(({ phone }) => phone)
}

/** Says each sentence once and hears it again. @returns pooled phone error rate */
async function roundTrip(ladder: Ladder): Promise<number> {
  mkdirSync(OUT, { recursive: true })
  const { sampleRateHz } = ladder.manifest
  const transcripts: Record<string, string> = {}
  const rates = []
  for (const [i, text] of sentences.entries()) {
    const plan = await textToPlan(ladder, text)
    const voice = chooseVoice(ladder, { name: VOICES[i % VOICES.length] })
    const options = { voice, sampling: greedySampling(ROUND_TRIP_TEMPERATURE), seed: i + 1 }
    const [take] = await drawTakes(ladder, plan, options, 1)
    const wav = encodeWav(await takeToWave(ladder, plan, take, options), sampleRateHz)
    const file = `take-${String(i + 1).padStart(2, '0')}.wav`
    writeFileSync(OUT + file, wav)
    transcripts[file] = text
    const samples = decodeWav(wav).channels[0]
    rates.push(phoneErrorRate(speechPhones(plan), await hear(ladder, { samples, sampleRateHz })))
  }
  writeFileSync(`${OUT}transcripts.json`, JSON.stringify(transcripts, null, 2))
  return poolRates(rates).rate
}

async function hearPeople(ladder: Ladder): Promise<number> {
  const transcripts: Record<string, string> = JSON.parse(readFileSync(`${LIBRIVOX}transcripts.json`, 'utf8'))
  const rates = []
  for (const [file, text] of Object.entries(transcripts)) {
    const { channels, sampleRateHz } = decodeWav(new Uint8Array(readFileSync(LIBRIVOX + file)))
    const wanted = speechPhones(await textToPlan(ladder, text))
    rates.push(phoneErrorRate(wanted, await hear(ladder, { samples: channels[0], sampleRateHz })))
  }
  return poolRates(rates).rate
}

/** How many takes are good, of how many, and the longest phone of all. */
async function countGoodTakes(
  ladder: Ladder,
): Promise<{ good: number; takes: number; longestFrames: number }> {
  let good = 0
  let longestFrames = 0
  for (const [i, text] of sentences.entries()) {
    const plan = await textToPlan(ladder, text)
    const voice = chooseVoice(ladder, { name: VOICES[i % VOICES.length] })
    const options = {
      voice,
      sampling: greedySampling(RUNAWAY_TEMPERATURE),
      seed: 1000 + i * TAKES_PER_SENTENCE,
    }
    for (const take of await drawTakes(ladder, plan, options, TAKES_PER_SENTENCE)) {
      const check = checkTake(speechPhones(plan), saidPhones(plan, take), true, MAX_FRAMES_PER_PHONE)
      if (check.isGood) good += 1
      longestFrames = Math.max(longestFrames, check.longestFrames)
    }
  }
  return { good, takes: sentences.length * TAKES_PER_SENTENCE, longestFrames }
}

const saidPhones = (plan: SpokenPlan, { durationsFrames }: Take) =>
  speechPhones(plan).map((phone, i) => ({ phone, frames: durationsFrames[i] }))

const percent = (rate: number) => `${(100 * rate).toFixed(1)} %`

const ladder = await openTestLadder('int8')
const figures = {
  ownSpeechPer: await roundTrip(ladder),
  peoplePer: await hearPeople(ladder),
  takes: await countGoodTakes(ladder),
}
await ladder.dispose()
writeFileSync(`${OUT}figures.json`, JSON.stringify(figures, null, 2))
console.log(
  `Own speech, ${sentences.length} sentences, T ${ROUND_TRIP_TEMPERATURE}: phone error rate ${percent(figures.ownSpeechPer)}`,
)
console.log(`Real people, five LibriVox clips: phone error rate ${percent(figures.peoplePer)}`)
console.log(
  `${figures.takes.takes} takes at T ${RUNAWAY_TEMPERATURE}: ${figures.takes.good} whole, in order, no runaway; longest phone ${figures.takes.longestFrames} frames`,
)
