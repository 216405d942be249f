/**
 * Owns: from a choice of voice to its vector.
 */
import { ConvergeError } from '../../speech/errors'
import { mixVoices } from '../../speech/voices/mix'
import type { Ladder } from './load'

/** A voice of the manifest, several of them mixed, or a vector made elsewhere. */
export type VoiceChoice =
  | { readonly name: string }
  | { readonly parts: readonly { readonly name: string; readonly weight: number }[] }
  | { readonly vector: readonly number[] }

/** @throws ConvergeError `voice-unknown`, or `option-invalid` for a wrong vector or weights without a voice */
export function chooseVoice(ladder: Pick<Ladder, 'manifest'>, choice: VoiceChoice): Float32Array {
  const { manifest } = ladder
  if ('parts' in choice) {
    return mixVoices(
      choice.parts.map(({ name, weight }) => ({ vector: chooseVoice(ladder, { name }), weight })),
    )
  }
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
