/**
 * Owns: whether temperature makes a voice move more within a take: the range of its pitch over 20 sentences in four seeds,
 * against temperature 0 sentence by sentence. Prints a table that the lessons quote:
 *
 *     npx tsx bench/pitch-range.ts
 */
import { takeToControls } from '../src/gpu/ladder/controls'
import { controlLayout } from '../src/speech/4-wave/controls'
import { takeToStatistics } from '../src/speech/takes/statistics'
import { mean, meanWithError } from './mean-error'
import { printTable } from './print'
import { drawSentences } from './sentence-takes'

const TEMPERATURES = [0, 0.3, 0.6, 0.9, 1.2]

/** Temperature -> sentence -> semitones of its takes. */
const ranges = new Map(TEMPERATURES.map((temperature) => [temperature, new Map<number, number[]>()]))

for await (const { ladder, sentence, plan, voice, take } of drawSentences(TEMPERATURES, [1, 2, 3, 4])) {
  const { frameRateHz, decoder } = ladder.manifest
  const { controlsPerFrame } = controlLayout(decoder)
  const controls = await takeToControls(ladder, plan, take, voice)
  const { durationsFrames } = take
  const measured = { phones: plan.utterances.flat(), durationsFrames, controls }
  const { pitch } = takeToStatistics(measured, { frameRateHz, controlsPerFrame })
  const rows = ranges.get(take.temperature)
  if (pitch) rows?.set(sentence, [...(rows.get(sentence) ?? []), pitch.rangeSemitones])
}

const bySentence = (temperature: number): number[] =>
  [...(ranges.get(temperature) ?? [])].toSorted(([a], [b]) => a - b).map(([, semitones]) => mean(semitones))

const greedy = bySentence(TEMPERATURES[0])
printTable(
  ['T', 'pitch range, semitones', 'against T 0'],
  TEMPERATURES.map((temperature) => {
    const semitones = bySentence(temperature)
    const change = meanWithError(semitones.map((value, i) => value - greedy[i]))
    return [
      String(temperature),
      mean(semitones).toFixed(1),
      `${change.mean.toFixed(1)} ± ${change.standardError.toFixed(1)}`,
    ]
  }),
)
