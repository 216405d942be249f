/**
 * Owns: sentences that the ladder says itself, to be listened to again.
 */
import type { Ladder } from '../../src/gpu/ladder/load'
import { textToPlan } from '../../src/gpu/ladder/plan'
import { speak } from '../../src/gpu/ladder/speak'
import { chooseVoice } from '../../src/gpu/ladder/voice'
import { uncut } from '../../src/speech/3-units/sampling'
import { joinSamples } from '../../src/speech/4-wave/join'
import { VOICES } from '../voices'
import type { Utterance } from './sets'

export const SPOKEN_TEMPERATURE = 0.5

/**
 * @param texts at most a hundred
 * @param rounds each has all texts, and all voices in turn; a text has another voice in each. Every take has a seed of its own
 */
export async function speakSentences(
  ladder: Ladder,
  texts: readonly string[],
  rounds: number,
): Promise<Utterance[]> {
  const utterances: Utterance[] = []
  for (let round = 0; round < rounds; round++) {
    for (const [i, text] of texts.entries()) {
      const voice = VOICES[(i + round) % VOICES.length]
      const seed = 100 * round + i + 1
      const samples = await say(ladder, text, chooseVoice(ladder, { name: voice }), seed)
      const recording = { samples, sampleRateHz: ladder.manifest.sampleRateHz }
      utterances.push({ file: `${voice} ${seed}`, text, recording })
    }
  }
  return utterances
}

async function say(ladder: Ladder, text: string, voice: Float32Array, seed: number): Promise<Float32Array> {
  const plan = await textToPlan(ladder, text)
  const parts: Float32Array[] = []
  for await (const event of speak(ladder, plan, { voice, sampling: uncut(SPOKEN_TEMPERATURE), seed })) {
    if (event.type === 'audio') parts.push(event.samples)
  }
  return joinSamples(parts)
}
