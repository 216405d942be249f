/**
 * Owns: whether the model understands itself: a take's sound goes down the ladder again, and what is heard is compared with
 * what was asked for.
 */
import { phoneErrorRate, wordErrorRate, type ErrorRate } from '../../speech/measure/errorRate'
import type { TokenizerName } from '../networks'
import { listen, type Heard } from './listen'
import type { Ladder } from './load'
import { planToText, type SpokenPlan } from './plan'

export interface RoundTrip {
  readonly heard: Heard
  /** Without stress and pauses. */
  readonly phones: ErrorRate
  /** Against the plan's words as they are spoken; undefined for phones that were typed, which have none. */
  readonly words: ErrorRate | undefined
}

/** Yields frames heard, of how many; to stop, stop iterating. @param samples at the manifest's rate */
export async function* roundTrip(
  ladder: Ladder,
  plan: SpokenPlan,
  samples: Float32Array,
  tokenizer: TokenizerName = 'whisper',
): AsyncGenerator<{ doneFrames: number; totalFrames: number }, RoundTrip> {
  const hearing = listen(ladder, { samples, sampleRateHz: ladder.manifest.sampleRateHz }, tokenizer)
  let step = await hearing.next()
  for (; !step.done; step = await hearing.next()) {
    if (step.value.type !== 'heard') continue
    const { doneFrames, totalFrames } = step.value
    yield { doneFrames, totalFrames }
  }
  const heard = step.value
  return {
    heard,
    phones: phoneErrorRate(
      plan.utterances.flat(),
      heard.phones.map(({ phone }) => phone),
    ),
    words: plan.words.length > 0 ? wordErrorRate(planToText(plan), heard.text) : undefined,
  }
}
