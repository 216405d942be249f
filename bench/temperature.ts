/**
 * Owns: what temperature does, in figures that a lesson may quote: 20 sentences in five voices, eight seeds each, at five
 * temperatures with shared noise, said and heard again by the same model. Prints a table, writes `results/temperature.json`:
 *
 *     npx tsx bench/temperature.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openReplay } from '../src/gpu/ladder/chances'
import { drawGrid, type GridTake } from '../src/gpu/ladder/grid'
import type { Ladder } from '../src/gpu/ladder/load'
import { textToPlan, type SpokenPlan } from '../src/gpu/ladder/plan'
import { roundTrip } from '../src/gpu/ladder/round-trip'
import { takeToWave } from '../src/gpu/ladder/speak'
import { takeToHistories } from '../src/gpu/ladder/take-streams'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { openTestWasmLm } from '../src/gpu/testing/engines'
import { finish } from '../src/gpu/ladder/finish'
import { poolRates, type ErrorRate } from '../src/speech/measure/errorRate'
import { reweight } from '../src/speech/takes/reweight'
import { meanWithError, sum } from './mean-error'
import { VOICES } from './voices'

const TEMPERATURES = [0, 0.3, 0.6, 0.9, 1.2]
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
const CUTS = { topP: 1, topK: 0, minP: 0 }

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const sentences: string[] = JSON.parse(readFileSync(folder('sentences.json'), 'utf8'))

interface TakeFigures {
  readonly sentence: number
  readonly temperature: number
  readonly seconds: number
  readonly steps: number
  /** Sums over the steps: of the model's own distribution, of the one that was drawn from, and of -ln p of what was drawn. */
  readonly entropyNats: number
  readonly shapedEntropyNats: number
  readonly surpriseNats: number
  readonly phones: ErrorRate
  readonly words: ErrorRate
}

async function measureTake(
  ladder: Ladder,
  plan: SpokenPlan,
  take: GridTake,
  voice: Float32Array,
): Promise<Omit<TakeFigures, 'sentence'>> {
  const { temperature, seed, soundSeed } = take
  const sampling = { ...CUTS, temperature }
  let shapedEntropyNats = 0
  for (const history of takeToHistories(ladder, plan, take, { voice, sampling, seed })) {
    const replay = openReplay(ladder, history)
    for (let step = 0; step < replay.steps; step++) {
      shapedEntropyNats += reweight(await replay.at(step), sampling, ladder.vocabulary).shapedEntropyNats
    }
    replay.dispose()
  }
  const samples = await takeToWave(ladder, plan, take, { voice, sampling, seed: soundSeed })
  const { phones, words } = await finish(roundTrip(ladder, plan, samples))
  if (!words) throw new Error('A sentence has words.')
  return {
    temperature,
    seconds: samples.length / ladder.manifest.sampleRateHz,
    steps: take.probabilities.length,
    entropyNats: sum(take.entropiesNats),
    shapedEntropyNats,
    surpriseNats: -sum(take.probabilities.map(Math.log)),
    phones,
    words,
  }
}

function tableRow(takes: readonly TakeFigures[]) {
  const steps = sum(takes.map((take) => take.steps))
  const perStep = (key: 'entropyNats' | 'shapedEntropyNats' | 'surpriseNats') =>
    sum(takes.map((take) => take[key])) / steps
  const spreads = sentences.map((_, i) => {
    const seconds = takes.filter(({ sentence }) => sentence === i).map((take) => take.seconds)
    const mean = sum(seconds) / seconds.length
    return Math.sqrt(sum(seconds.map((value) => (value - mean) ** 2)) / seconds.length) / mean
  })
  return {
    temperature: takes[0].temperature,
    takes: takes.length,
    modelEntropyNats: perStep('entropyNats'),
    drawnEntropyNats: perStep('shapedEntropyNats'),
    surpriseNats: perStep('surpriseNats'),
    phoneErrorRate: poolRates(takes.map(({ phones }) => phones)).rate,
    wordErrorRate: poolRates(takes.map(({ words }) => words)).rate,
    /** Standard deviation of a sentence's duration over its seeds, part of the mean, averaged over sentences. */
    durationSpread: sum(spreads) / spreads.length,
  }
}

/** Phones wrong against those at temperature 0, sentence by sentence: mean difference and its standard error. */
function changeFromGreedy(temperature: number): { mean: number; standardError: number } {
  const rate = (sentence: number, wanted: number) =>
    poolRates(
      figures
        .filter((take) => take.sentence === sentence && take.temperature === wanted)
        .map(({ phones }) => phones),
    ).rate
  return meanWithError(sentences.map((_, i) => rate(i, temperature) - rate(i, TEMPERATURES[0])))
}

const models = await openTestLadder('int8')
const ladder: Ladder = { ...models, lm: await openTestWasmLm(models) }
const figures: TakeFigures[] = []
for (const [sentence, text] of sentences.entries()) {
  const plan = await textToPlan(ladder, text)
  const voice = chooseVoice(ladder, { name: VOICES[sentence % VOICES.length] })
  const shape = {
    temperatures: TEMPERATURES,
    seeds: SEEDS,
    sharedNoise: 'columns',
    voice,
    cuts: CUTS,
  } as const
  for (const take of await finish(drawGrid(ladder, plan, shape))) {
    figures.push({ sentence, ...(await measureTake(ladder, plan, take, voice)) })
  }
  console.error(`${sentence + 1} of ${sentences.length} sentences`)
}
await models.dispose()

const rows = TEMPERATURES.map((wanted) => ({
  ...tableRow(figures.filter(({ temperature }) => temperature === wanted)),
  phoneErrorChange: changeFromGreedy(wanted),
}))
const percent = (rate: number) => `${(100 * rate).toFixed(1)} %`
console.log(
  '| T | entropy, model | entropy, drawn from | surprise | phones wrong | against T 0 | words wrong | duration spread |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const row of rows) {
  const nats = [row.modelEntropyNats, row.drawnEntropyNats, row.surpriseNats].map((value) => value.toFixed(2))
  const { mean, standardError } = row.phoneErrorChange
  const change = `${percent(mean)} ± ${percent(standardError)}`
  const rates = [percent(row.phoneErrorRate), change, percent(row.wordErrorRate), percent(row.durationSpread)]
  console.log(`| ${[row.temperature, ...nats, ...rates].join(' | ')} |`)
}
mkdirSync(folder('results/'), { recursive: true })
writeFileSync(
  folder('results/temperature.json'),
  JSON.stringify({ rows, sentences: sentences.length, seeds: SEEDS }, null, 2),
)
