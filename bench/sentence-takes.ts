/** Owns: takes of the bench's sentences for figures that lessons quote: five voices in turn, drawn by our own kernels. */
import { finish } from '../src/gpu/ladder/finish'
import { drawGrid, type GridTake } from '../src/gpu/ladder/grid'
import type { Ladder } from '../src/gpu/ladder/load'
import { textToPlan, type SpokenPlan } from '../src/gpu/ladder/plan'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { openTestWasmLm } from '../src/gpu/testing/engines'
import { NO_CUTS } from '../src/speech/3-units/sampling'
import { SENTENCES } from './sentences'
import { VOICES } from './voices'

export interface SentenceTake {
  readonly ladder: Ladder
  readonly sentence: number
  readonly plan: SpokenPlan
  readonly voice: Float32Array
  readonly take: GridTake
}

/** A sentence's takes come row by row; with shared noise only temperature differs along a row. */
export async function* drawSentences(
  temperatures: readonly number[],
  seeds: readonly number[],
): AsyncGenerator<SentenceTake> {
  const models = await openTestLadder('int8')
  const ladder: Ladder = { ...models, lm: await openTestWasmLm(models) }
  try {
    for (const [sentence, text] of SENTENCES.entries()) {
      const plan = await textToPlan(ladder, text)
      const voice = chooseVoice(ladder, { name: VOICES[sentence % VOICES.length] })
      const shape = { temperatures, seeds, sharedNoise: 'columns', voice, cuts: NO_CUTS } as const
      for (const take of await finish(drawGrid(ladder, plan, shape)))
        yield { ladder, sentence, plan, voice, take }
      console.error(`${sentence + 1} of ${SENTENCES.length} sentences`)
    }
  } finally {
    await models.dispose()
  }
}
