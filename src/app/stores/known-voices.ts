/**
 * Owns: the voices that the page begins with, once the models are known: those of somebody else may lack the usual one.
 */
import { usualVoice } from '../../speech/links/fit'
import type { EngineStore } from './engine-store'
import type { SayBackStore } from './say-back-store'
import type { SpeakStore } from './speak-store'

export interface KnownVoicesPorts {
  readonly engine: Pick<EngineStore, 'getState'>
  readonly speak: Pick<SpeakStore, 'getState' | 'setState'>
  readonly sayBack: Pick<SayBackStore, 'getState' | 'setState'>
}

/** What a person chose meanwhile stays, where the models have it. */
export function takeKnownVoices({ engine, speak, sayBack }: KnownVoicesPorts): void {
  const model = engine.getState().catalogue?.model
  const voice = model && usualVoice(model)
  if (!model || voice?.kind !== 'name') return
  const isUnknown = (name: string): boolean => !Object.hasOwn(model.voices, name)
  const chosen = speak.getState().voice
  if (chosen.kind === 'name' && isUnknown(chosen.name)) speak.setState({ voice })
  if (isUnknown(sayBack.getState().voice)) sayBack.setState({ voice: voice.name })
}
