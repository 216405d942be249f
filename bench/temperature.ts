/**
 * Owns: what temperature does, in figures that a lesson may quote: 20 sentences in five voices, eight seeds each, at five
 * temperatures with shared noise, said and heard again by the same model. Writes `results/temperature.json`, prints a table:
 *
 *     npx tsx bench/temperature.ts
 */
import { openReplay } from '../src/gpu/ladder/chances'
import { finish } from '../src/gpu/ladder/finish'
import { roundTrip } from '../src/gpu/ladder/round-trip'
import { takeToWave } from '../src/gpu/ladder/speak'
import { takeToHistories } from '../src/gpu/ladder/take-streams'
import { uncut } from '../src/speech/3-units/sampling'
import { poolRates, type ErrorRate } from '../src/speech/measure/errorRate'
import { reweight } from '../src/speech/takes/reweight'
import { mean, meanWithError, sum } from './mean-error'
import { formatPercent, printTable } from './print'
import { keep } from './results'
import { drawSentences, type SentenceTake } from './sentence-takes'
import { SENTENCES } from './sentences'

const TEMPERATURES = [0, 0.3, 0.6, 0.9, 1.2]
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]

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

async function measureTake({ ladder, sentence, plan, voice, take }: SentenceTake): Promise<TakeFigures> {
  const { temperature, seed, soundSeed } = take
  const sampling = uncut(temperature)
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
    sentence,
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
  const spreads = SENTENCES.map((_, i) => {
    const seconds = takes.filter(({ sentence }) => sentence === i).map((take) => take.seconds)
    const middle = mean(seconds)
    return Math.sqrt(mean(seconds.map((value) => (value - middle) ** 2))) / middle
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
    durationSpread: mean(spreads),
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
  return meanWithError(SENTENCES.map((_, i) => rate(i, temperature) - rate(i, TEMPERATURES[0])))
}

const figures: TakeFigures[] = []
for await (const drawn of drawSentences(TEMPERATURES, SEEDS)) figures.push(await measureTake(drawn))

const rows = TEMPERATURES.map((wanted) => ({
  ...tableRow(figures.filter(({ temperature }) => temperature === wanted)),
  phoneErrorChange: changeFromGreedy(wanted),
}))
keep('temperature', { rows, sentences: SENTENCES.length, seeds: SEEDS })
printTable(
  [
    'T',
    'entropy, model',
    'entropy, drawn from',
    'surprise',
    'phones wrong',
    'against T 0',
    'words wrong',
    'duration spread',
  ],
  rows.map((row) => [
    String(row.temperature),
    ...[row.modelEntropyNats, row.drawnEntropyNats, row.surpriseNats].map((value) => value.toFixed(2)),
    formatPercent(row.phoneErrorRate),
    `${formatPercent(row.phoneErrorChange.mean)} ± ${formatPercent(row.phoneErrorChange.standardError)}`,
    formatPercent(row.wordErrorRate),
    formatPercent(row.durationSpread),
  ]),
)
