/**
 * Owns: up the ladder, letters to sound: a plan's phones become units drawn by the language model, vocoded while they
 * are drawn. Events come in the order in which they happen; to stop, stop iterating.
 */
import { joinSamples } from '../../speech/4-wave/join'
import type { VocoderMoves } from '../../speech/4-wave/moves'
import type { SamplingOptions } from '../../speech/3-units/sampling'
import type { Unit } from '../../speech/3-units/vocabulary'
import { drawAll, STEPS_PER_RUN, type Drawn, type LmBatch } from '../lm-engine'
import type { Ladder } from './load'
import type { SpokenPlan } from './plan'
import { utteranceToPlan } from './take-streams'
import { createVocoder, unitsToWave } from './vocode'

export interface SpeakOptions {
  readonly voice: Float32Array
  readonly sampling: SamplingOptions
  readonly seed: number
  readonly moves?: VocoderMoves
}

export type SpeakEvent =
  /** Newly drawn units, and for each the index of its phone in the whole plan. */
  | { readonly type: 'drawn'; readonly units: readonly Unit[]; readonly phoneIndexes: readonly number[] }
  | { readonly type: 'audio'; readonly samples: Float32Array<ArrayBuffer> }

export interface Take {
  readonly units: readonly Unit[]
  /** Frames of each phone of the plan. */
  readonly durationsFrames: readonly number[]
}

/** The first stretch is short, so that sound starts early; later ones are cheaper long. */
const FIRST_STEPS = 20

/** Steps of the first run of an utterance, of the second, and so on. */
export function* stepsOfRuns(): Generator<number, never> {
  yield FIRST_STEPS
  for (;;) yield STEPS_PER_RUN
}

export async function* speak(
  ladder: Ladder,
  plan: SpokenPlan,
  options: SpeakOptions,
): AsyncGenerator<SpeakEvent, Take> {
  const units: Unit[] = []
  const durationsFrames: number[] = []
  for (const [utterance, phones] of plan.utterances.entries()) {
    const firstPhone = durationsFrames.length
    durationsFrames.push(...phones.map(() => 0))
    const vocoder = createVocoder(ladder, options.voice, options.seed, utterance, options.moves)
    let vocoded = vocoder.start
    const batch = await ladder.lm.start([toStream(plan, utterance, options)])
    try {
      for await (const drawn of drawInSteps(batch)) {
        const news = unitsOf(ladder, drawn)
        const phoneIndexes = news.map(({ phone }) => firstPhone + phone - 1)
        const newUnits = news.map(({ id }) => ladder.vocabulary.idToUnit(id))
        for (const index of phoneIndexes) durationsFrames[index] += 1
        units.push(...newUnits)
        yield { type: 'drawn', units: newUnits, phoneIndexes }
        const made = await vocoder.push(vocoded, newUnits, batch.done)
        vocoded = made.state
        if (made.samples.length > 0) yield { type: 'audio', samples: made.samples }
      }
    } finally {
      batch.dispose()
    }
  }
  return { units, durationsFrames }
}

/** Several takes of one plan, drawn as a batch; take i is what `speak` draws with seed + i. */
export async function drawTakes(
  ladder: Ladder,
  plan: SpokenPlan,
  options: SpeakOptions,
  takes: number,
): Promise<Take[]> {
  const seeds = Array.from({ length: takes }, (_, i) => options.seed + i)
  const all: { units: Unit[]; durationsFrames: number[] }[] = seeds.map(() => ({
    units: [],
    durationsFrames: [],
  }))
  for (const [utterance, phones] of plan.utterances.entries()) {
    const streams = seeds.map((seed) => toStream(plan, utterance, { ...options, seed }))
    const drawn = await drawAll(ladder.lm, streams)
    drawn.forEach((tokens, take) => {
      const firstPhone = all[take].durationsFrames.length
      all[take].durationsFrames.push(...phones.map(() => 0))
      for (const { id, phone } of unitsOf(ladder, tokens)) {
        all[take].units.push(ladder.vocabulary.idToUnit(id))
        all[take].durationsFrames[firstPhone + phone - 1] += 1
      }
    })
  }
  return all
}

/** The sound of a take: the samples that `speak` streams with this seed. */
export async function takeToWave(
  ladder: Ladder,
  plan: SpokenPlan,
  take: Take,
  { voice, seed, moves }: SpeakOptions,
): Promise<Float32Array> {
  const parts: Float32Array[] = []
  let phone = 0
  let unit = 0
  for (const [utterance, phones] of plan.utterances.entries()) {
    const durations = take.durationsFrames.slice(phone, phone + phones.length)
    const end = unit + durations.reduce((frames, duration) => frames + duration, 0)
    parts.push(await unitsToWave(ladder, take.units.slice(unit, end), voice, seed, utterance, moves))
    phone += phones.length
    unit = end
  }
  return joinSamples(parts)
}

async function* drawInSteps(batch: LmBatch): AsyncGenerator<readonly Drawn[]> {
  const runs = stepsOfRuns()
  while (!batch.done) {
    const [drawn] = await batch.run(runs.next().value)
    yield drawn
  }
}

const toStream = (plan: SpokenPlan, utterance: number, options: SpeakOptions) => ({
  plan: utteranceToPlan(plan, utterance, options),
  voice: options.voice,
})

const unitsOf = (ladder: Ladder, drawn: readonly Drawn[]): Drawn[] =>
  drawn.filter(({ id }) => ladder.vocabulary.isUnit(id))
