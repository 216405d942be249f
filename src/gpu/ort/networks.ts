/**
 * Owns: tokenizers, voice encoder and decoder on ONNX Runtime Web: from arrays to arrays, nothing about audio files.
 */
import { digitLogitsToUnits, unitsToValues, zToUnits } from '../../speech/4-wave/fsq'
import type { Manifest } from '../../speech/manifest'
import type { Networks, TokenizerName } from '../networks'
import { floatOutput, floats, integers, type InferenceSession } from './runtime'

export interface NetworkSessions {
  /** Opened when first asked for, then kept. */
  readonly tokenizer: (name: TokenizerName) => Promise<InferenceSession>
  readonly voice: InferenceSession
  readonly decoder: InferenceSession
}

export function createOrtNetworks(sessions: NetworkSessions, manifest: Manifest): Networks {
  const { fsqLevels, voiceDim } = manifest
  return {
    async whisperMelToUnits(bands, melFrames, frames) {
      const outputs = await (
        await sessions.tokenizer('whisper')
      ).run({
        mel: floats(bands, [1, bands.length / melFrames, melFrames]),
        frames: integers([frames], [1]),
      })
      return digitLogitsToUnits(floatOutput(outputs, 'logits'), fsqLevels)
    },
    async codecMelToUnits(bands, melFrames) {
      const outputs = await (
        await sessions.tokenizer('mel')
      ).run({
        mel: floats(bands, [1, bands.length / melFrames, melFrames]),
      })
      return zToUnits(floatOutput(outputs, 'z'), fsqLevels)
    },
    async codecMelToVoice(bands, melFrames) {
      const outputs = await sessions.voice.run({
        mel: floats(bands, [1, bands.length / melFrames, melFrames]),
      })
      return floatOutput(outputs, 'voice')
    },
    async unitsToControls(units, voice) {
      const outputs = await sessions.decoder.run({
        values: floats(unitsToValues(units, fsqLevels), [1, units.length, fsqLevels.length]),
        voice: floats(voice, [1, voiceDim]),
      })
      return floatOutput(outputs, 'controls')
    },
  }
}
