/** Owns: takes of the bench's sentences for figures that lessons quote: five voices in turn, drawn by our own kernels. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drawGrid, type GridTake } from '../src/gpu/ladder/grid'
import type { Ladder } from '../src/gpu/ladder/load'
import { textToPlan } from '../src/gpu/ladder/plan'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { openTestWasmLm } from '../src/gpu/testing/engines'
import type { Phone } from '../src/speech/3-units/vocabulary'
import { VOICES } from './voices'

const CUTS = { topP: 1, topK: 0, minP: 0 }

export interface SentenceTake {
  readonly ladder: Ladder
  readonly sentence: number
  readonly utterances: readonly (readonly Phone[])[]
  readonly voice: Float32Array
  readonly take: GridTake
}

export async function* drawSentences(
  temperatures: readonly number[],
  seeds: readonly number[],
): AsyncGenerator<SentenceTake> {
  const file = fileURLToPath(new URL('sentences.json', import.meta.url))
  const sentences: string[] = JSON.parse(readFileSync(file, 'utf8'))
  const models = await openTestLadder('int8')
  const ladder: Ladder = { ...models, lm: await openTestWasmLm(models) }
  try {
    for (const [sentence, text] of sentences.entries()) {
      const plan = await textToPlan(ladder, text)
      const voice = chooseVoice(ladder, { name: VOICES[sentence % VOICES.length] })
      const shape = { temperatures, seeds, sharedNoise: 'columns', voice, cuts: CUTS } as const
      for await (const event of drawGrid(ladder, plan, shape)) {
        if (event.type === 'drawn')
          yield { ladder, sentence, utterances: plan.utterances, voice, take: event.take }
      }
    }
  } finally {
    await models.dispose()
  }
}
