/**
 * Owns: from a choice of voice to its vector.
 */
import { ConvergeError } from '../../speech/errors'
import type { Ladder } from './load'

export type VoiceChoice = { readonly name: string } | { readonly vector: readonly number[] }

/** @throws ConvergeError `voice-unknown`, or `option-invalid` for a vector of the wrong length */
export function chooseVoice({ manifest }: Pick<Ladder, 'manifest'>, choice: VoiceChoice): Float32Array {
  if ('name' in choice) {
    const voice = Object.hasOwn(manifest.voices, choice.name) ? manifest.voices[choice.name] : undefined
    if (voice) return Float32Array.from(voice.vector)
    throw new ConvergeError(
      'voice-unknown',
      `There is no voice “${choice.name}”. The voices are: ${Object.keys(manifest.voices).join(', ')}.`,
      { found: choice.name },
    )
  }
  const { vector } = choice
  if (vector.length !== manifest.voiceDim || !vector.every(Number.isFinite)) {
    throw new ConvergeError('option-invalid', `A voice is ${manifest.voiceDim} finite numbers.`, {
      wanted: manifest.voiceDim,
      found: vector.length,
    })
  }
  return Float32Array.from(vector)
}
