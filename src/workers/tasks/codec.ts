/** Owns: the requests `encode` and `decode`: sound to units and a voice, units to sound. No language model runs. */
import { recordingToStretches, stretchToUnits, stretchToVoice } from '../../gpu/ladder/tokenize'
import { unitsToWave } from '../../gpu/ladder/vocode'
import { chooseVoice } from '../../gpu/ladder/voice'
import type { DecodeRequest, EncodeRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runEncode(
  { ladder, post, pause }: TaskContext,
  { id, tokenizer, ...recording }: EncodeRequest,
) {
  const stretches = [...recordingToStretches(ladder, recording)]
  const units: number[] = []
  for (const stretch of stretches) {
    units.push(...(await stretchToUnits(ladder, stretch, tokenizer)))
    await pause()
  }
  const voice = await stretchToVoice(ladder, stretches[0])
  post({ type: 'encoded', id, result: { units, voice: [...voice] } })
}

export async function runDecode(
  { ladder, post }: TaskContext,
  { id, units, voice, moves, seed }: DecodeRequest,
) {
  const samples = await unitsToWave(ladder, units, chooseVoice(ladder, voice), seed, 0, moves)
  post({ type: 'decoded', id, samples }, [samples.buffer])
}
