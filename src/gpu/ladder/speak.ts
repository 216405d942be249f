/**
 * Owns: up the ladder, letters to sound: a plan's phones become units drawn by the language model, vocoded while they
 * are drawn. Events come in the order in which they happen; to stop, stop iterating.
 */
import { joinSamples } from '../../speech/4-wave/join'
import type { VocoderMoves } from '../../speech/4-wave/moves'
import type { SamplingOptions } from '../../speech/3-units/sampling'
import type { TokenId, Unit } from '../../speech/3-units/vocabulary'
import { takeToUtterances, tokensToTake, type TakeTokens } from '../../speech/takes/take'
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
): AsyncGenerator<SpeakEvent, TakeTokens> {
  const { lm, vocabulary } = ladder
  const tokens: TokenId[][] = []
  let firstPhone = 0
  for (const [utterance, phones] of plan.utterances.entries()) {
    const ids: TokenId[] = []
    tokens.push(ids)
    const vocoder = createVocoder(ladder, options.voice, options.seed, utterance, options.moves)
    let vocoded = vocoder.start
    const batch = await lm.start([toStream(plan, utterance, options)])
    try {
      for await (const drawn of drawInSteps(batch)) {
        ids.push(...drawn.map(({ id }) => id))
        const news = drawn.filter(({ id }) => vocabulary.isUnit(id))
        const units = news.map(({ id }) => vocabulary.idToUnit(id))
        yield { type: 'drawn', units, phoneIndexes: news.map(({ phone }) => firstPhone + phone - 1) }
        const made = await vocoder.push(vocoded, units, batch.done)
        vocoded = made.state
        if (made.samples.length > 0) yield { type: 'audio', samples: made.samples }
      }
    } finally {
      batch.dispose()
    }
    firstPhone += phones.length
  }
  return tokensToTake(tokens, vocabulary)
}

/** Several takes of one plan, drawn as a batch; take i is what `speak` draws with seed + i. */
export async function drawTakes(
  ladder: Ladder,
  plan: SpokenPlan,
  options: SpeakOptions,
  takes: number,
): Promise<TakeTokens[]> {
  const seeds = Array.from({ length: takes }, (_, i) => options.seed + i)
  /** (take, utterance, step) */
  const tokens: TokenId[][][] = seeds.map(() => [])
  for (const utterance of plan.utterances.keys()) {
    const streams = seeds.map((seed) => toStream(plan, utterance, { ...options, seed }))
    const drawn = await drawAll(ladder.lm, streams)
    drawn.forEach((steps, take) => tokens[take].push(steps.map(({ id }) => id)))
  }
  return tokens.map((utterances) => tokensToTake(utterances, ladder.vocabulary))
}

/** The sound of a take: the samples that `speak` streams with this seed. */
export async function takeToWave(
  ladder: Ladder,
  { utterances }: SpokenPlan,
  take: TakeTokens,
  { voice, seed, moves }: SpeakOptions,
): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for (const [utterance, { units }] of takeToUtterances(utterances, take).entries()) {
    parts.push(await unitsToWave(ladder, units, voice, seed, utterance, moves))
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
