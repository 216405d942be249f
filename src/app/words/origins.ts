/** Owns: where a word's phones come from, in words and as a small sign. */
import type { WordOrigin } from '../../speech/2-phones/plan-phones'

export const ORIGINS: Readonly<Record<WordOrigin, string>> = {
  lexicon: 'from the lexicon',
  model: 'worked out by the model',
  letters: 'spelled letter by letter',
  typed: 'as it was typed',
}

export const ORIGIN_SIGNS: Readonly<Record<WordOrigin, string>> = {
  lexicon: '',
  model: '✦',
  letters: '≡',
  typed: '✎',
}
