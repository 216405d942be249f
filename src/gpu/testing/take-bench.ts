/**
 * Owns: what tests of takes have in common: the real ladder on the WebAssembly engine, a plan of two utterances, a take.
 */
import { uncut } from '../../speech/3-units/sampling'
import type { TakeTokens } from '../../speech/takes/take'
import type { Ladder } from '../ladder/load'
import { textToPlan, type SpokenPlan } from '../ladder/plan'
import { drawTakes, type SpeakOptions } from '../ladder/speak'
import { chooseVoice } from '../ladder/voice'
import { openBothEngines } from './engines'

export interface TakeBench {
  readonly ladder: Ladder
  /** The same models on the reference engine. */
  readonly reference: Ladder
  readonly plan: SpokenPlan
  readonly options: SpeakOptions
  readonly take: TakeTokens
}

export async function openTakeBench(): Promise<TakeBench> {
  const { ladder: reference, wasm } = await openBothEngines()
  const ladder = { ...reference, lm: wasm }
  const plan = await textToPlan(ladder, 'No two takes. Are they?')
  const voice = chooseVoice(ladder, { name: 'af_heart' })
  const options = { voice, sampling: uncut(0.8), seed: 11 }
  const [take] = await drawTakes(ladder, plan, options, 1)
  return { ladder, reference, plan, options, take }
}
