/** Owns: the requests `voice` and `decode`: a recording to a voice, units to sound. No language model runs. */
import { recordingToStretches, stretchToVoice } from '../../gpu/ladder/tokenize'
import { unitsToWave } from '../../gpu/ladder/vocode'
import { chooseVoice } from '../../gpu/ladder/voice'
import type { DecodeRequest, VoiceRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runVoice({ ladder, post }: TaskContext, { id, ...recording }: VoiceRequest) {
  // It is enough of it.
  const [stretch] = recordingToStretches(ladder, recording)
  const voice = await stretchToVoice(ladder, stretch)
  post({ type: 'voice-made', id, voice: [...voice] })
}

export async function runDecode(
  { ladder, post }: TaskContext,
  { id, units, voice, moves, seed }: DecodeRequest,
) {
  const samples = await unitsToWave(ladder, units, chooseVoice(ladder, voice), seed, 0, moves)
  post({ type: 'decoded', id, samples }, [samples.buffer])
}
