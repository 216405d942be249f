/**
 * Owns: a drawn take's sound and figures, from one pass of the decoder. Each utterance is vocoded alone with its own noise,
 * as when it is spoken.
 */
import { controlLayout } from '../../speech/4-wave/controls'
import { joinSamples } from '../../speech/4-wave/join'
import type { Ladder } from '../../gpu/ladder/load'
import { chooseVoice } from '../../gpu/ladder/voice'
import { moveControls, NO_MOVES } from '../../speech/4-wave/moves'
import { createNoise, startPhase } from '../../speech/4-wave/noise'
import { createSynth } from '../../speech/4-wave/synth'
import { voicedHz } from '../../speech/takes/pitch'
import { takeToStatistics } from '../../speech/takes/statistics'
import type { TakeTrace } from '../../speech/takes/take'
import type { TakeData, TakeSound } from '../protocol'

type SoundPorts = Pick<Ladder, 'manifest' | 'networks'>

/** Of each utterance: (2 frames, controlsPerFrame). */
export async function takeToUtteranceControls(ladder: SoundPorts, take: TakeData): Promise<Float32Array[]> {
  const voice = chooseVoice(ladder, take.voice)
  const controls: Float32Array[] = []
  let phone = 0
  let unit = 0
  for (const phones of take.utterances) {
    const durations = take.durationsFrames.slice(phone, phone + phones.length)
    const end = unit + durations.reduce((sum, frames) => sum + frames, 0)
    controls.push(await ladder.networks.unitsToControls(take.units.slice(unit, end), voice))
    phone += phones.length
    unit = end
  }
  return controls
}

export async function takeToSound(
  ladder: SoundPorts,
  take: TakeData,
  trace: Partial<TakeTrace>,
): Promise<TakeSound> {
  const controls = await takeToUtteranceControls(ladder, take)
  return controlsToSound(ladder, controls, take, trace)
}

export function controlsToSound(
  { manifest }: Pick<Ladder, 'manifest'>,
  utteranceControls: readonly Float32Array[],
  take: Pick<TakeData, 'utterances' | 'durationsFrames' | 'soundSeed' | 'moves'>,
  trace: Partial<TakeTrace>,
): TakeSound {
  const { utterances, durationsFrames, soundSeed, moves = NO_MOVES } = take
  const synth = createSynth(manifest)
  const parts = utteranceControls.map((controls, i) => {
    const moved = moveControls(controls, moves, manifest.decoder)
    const start = synth.start(startPhase(soundSeed, i))
    return synth.synthesise(start, moved, true, createNoise(soundSeed, i)).samples
  })
  const { controlsPerFrame } = controlLayout(manifest.decoder)
  // Figures are told frame by frame, so pace is a matter of the frames' rate.
  const unhurried = { ...moves, pace: 1 }
  const controls = moveControls(joinSamples(utteranceControls), unhurried, manifest.decoder)
  const shape = { frameRateHz: manifest.frameRateHz * moves.pace, controlsPerFrame }
  return {
    samples: new Float32Array(joinSamples(parts)),
    hz: Float32Array.from(voicedHz(controls, controlsPerFrame)),
    statistics: takeToStatistics({ phones: utterances.flat(), durationsFrames, controls, ...trace }, shape),
  }
}

export const soundBuffers = ({ samples, hz }: TakeSound): Transferable[] => [samples.buffer, hz.buffer]
