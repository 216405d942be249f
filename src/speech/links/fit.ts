/**
 * Owns: whether a link's state suits the models that are loaded, which the page knows only later: voices, phones, the
 * codebook's size. What does not fit becomes the usual value, with a note.
 */
import { splitHeld } from '../2-phones/held'
import type { Manifest } from '../manifest'
import { usualVoiceName } from '../voices/usual'
import type { ReadLink } from './link'
import { DEFAULT_STATE, type LinkState, type LinkVoice } from './state'

export type FittingModel = Pick<Manifest, 'codes' | 'voiceDim' | 'voices' | 'lm'>

/** @returns the state to use, and notes beside those that the link already had */
export function fitState(state: LinkState, model: FittingModel): ReadLink {
  const notes: string[] = []
  const fits = <Value>(isRight: boolean, value: Value, usual: Value, note: string): Value => {
    if (!isRight) notes.push(note)
    return isRight ? value : usual
  }
  const { codes, lm } = model
  const unknownPhone = state.phones?.find((typed) => !lm.vocabulary.phones.includes(splitHeld(typed).phone))
  const phones = fits(
    unknownPhone === undefined,
    state.phones,
    undefined,
    `The link has the phone “${unknownPhone}”, which this model lacks, so the text decides how it is read.`,
  )
  const typed = [...state.pronunciations.values()].flat()
  const pronunciations = fits(
    typed.every((phone) => lm.vocabulary.phones.includes(phone)),
    state.pronunciations,
    DEFAULT_STATE.pronunciations,
    'The link’s pronunciations have phones that this model lacks, so they are left out.',
  )
  const voice = fits(
    isKnownVoice(state.voice, model),
    state.voice,
    { kind: 'name', name: usualVoiceName(model.voices) },
    'The link’s voice is none of this model, so the usual voice speaks.',
  )
  const tokens = fits(
    state.tokens?.units.every((unit) => unit < codes) ?? true,
    state.tokens,
    undefined,
    'The link’s tokens are not of this model, so the take is drawn again from its seed.',
  )
  const vocabularySize = lm.vocabulary.firstUnit + codes
  const branches = fits(
    state.branches.every(({ token }) => token < vocabularySize),
    state.branches,
    [],
    'The link’s branch forces a token that this model lacks, so it is left out.',
  )
  return { state: { ...state, phones, pronunciations, voice, tokens, branches }, notes }
}

function isKnownVoice(voice: LinkVoice, { voices, voiceDim }: FittingModel): boolean {
  switch (voice.kind) {
    case 'name':
      return Object.hasOwn(voices, voice.name)
    case 'mix':
      return voice.parts.every(({ name }) => Object.hasOwn(voices, name))
    case 'vector':
      return voice.vector.length === voiceDim
  }
}
