/**
 * Owns: a spoken take's sound once more, from its tokens alone: the same stretches go through the vocoder as when it was
 * drawn, so the samples are those that were heard, to the last bit. No language model runs.
 */
import { joinSamples } from '../../speech/4-wave/join'
import type { TakeTokens } from '../../speech/takes/take'
import { takeToTokens } from '../../speech/takes/take'
import type { Ladder } from './load'
import type { SpokenPlan } from './plan'
import { stepsOfRuns, type SpeakOptions } from './speak'
import { createVocoder } from './vocode'

/** @throws ConvergeError `units-invalid` where the take is none of this plan's */
export async function replayTake(
  ladder: Ladder,
  { utterances }: Pick<SpokenPlan, 'utterances'>,
  take: TakeTokens,
  { voice, seed, moves }: Omit<SpeakOptions, 'sampling'>,
): Promise<Float32Array> {
  const { vocabulary } = ladder
  const parts: Float32Array[] = []
  for (const [utterance, tokens] of takeToTokens(utterances, take, vocabulary).entries()) {
    const vocoder = createVocoder(ladder, voice, seed, utterance, moves)
    let { start: state } = vocoder
    let at = 0
    for (const steps of stepsOfRuns()) {
      const units = tokens
        .slice(at, at + steps)
        .filter(vocabulary.isUnit)
        .map(vocabulary.idToUnit)
      at += steps
      const made = await vocoder.push(state, units, at >= tokens.length)
      state = made.state
      parts.push(made.samples)
      if (at >= tokens.length) break
    }
  }
  return joinSamples(parts)
}
