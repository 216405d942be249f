/**
 * Owns: what the page begins with, once the models are known: those of somebody else may lack the usual voice, or the
 * usual tokenizer.
 */
import { usualVoiceName } from '../../speech/voices/usual'
import type { EngineStore } from './engine-store'
import type { ListenStore } from './listen-store'
import type { SayBackStore } from './say-back-store'
import type { SpeakStore } from './speak-store'

export interface SuitModelsPorts {
  readonly engine: Pick<EngineStore, 'getState'>
  readonly speak: Pick<SpeakStore, 'getState' | 'setState'>
  readonly listen: Pick<ListenStore, 'getState' | 'setState'>
  readonly sayBack: Pick<SayBackStore, 'getState' | 'setState'>
}

/** What a person chose meanwhile stays, where the models have it. */
export function suitModels({ engine, speak, listen, sayBack }: SuitModelsPorts): void {
  const { catalogue } = engine.getState()
  if (!catalogue) return
  const { model, tokenizers } = catalogue
  const [tokenizer] = tokenizers
  if (tokenizer && !tokenizers.includes(listen.getState().tokenizer)) listen.setState({ tokenizer })
  const name = usualVoiceName(model.voices)
  const isUnknown = (voice: string): boolean => !Object.hasOwn(model.voices, voice)
  const chosen = speak.getState().voice
  if (chosen.kind === 'name' && isUnknown(chosen.name)) speak.setState({ voice: { kind: 'name', name } })
  if (isUnknown(sayBack.getState().voice)) sayBack.setState({ voice: name })
}
