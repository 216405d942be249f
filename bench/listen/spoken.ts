/**
 * Owns: sentences that the ladder says itself, each in five voices at temperature 0.5, to be listened to again.
 */
import { readFile } from 'node:fs/promises'
import type { Ladder } from '../../src/gpu/ladder/load'
import { textToPlan } from '../../src/gpu/ladder/plan'
import { speak } from '../../src/gpu/ladder/speak'
import { chooseVoice } from '../../src/gpu/ladder/voice'
import { joinSamples } from '../../src/speech/4-wave/join'
import { VOICES } from '../voices'
import type { Utterance } from './sets'

const SAMPLING = { temperature: 0.5, topP: 1, topK: 0, minP: 0 }

/** In rounds, each of which has all sentences, and all voices in turn; every take has a seed of its own. */
export async function speakSentences(ladder: Ladder): Promise<Utterance[]> {
  const { spoken }: { spoken: string[] } = JSON.parse(await readFile('bench/listen-sentences.json', 'utf8'))
  const utterances: Utterance[] = []
  for (const round of VOICES.keys()) {
    for (const [i, text] of spoken.entries()) {
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
  for await (const event of speak(ladder, plan, { voice, sampling: SAMPLING, seed })) {
    if (event.type === 'audio') parts.push(event.samples)
  }
  return joinSamples(parts)
}
