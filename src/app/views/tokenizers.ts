/** Owns: the tokenizers by name, with what each has heard. */
import type { TokenizerName } from '../../workers/protocol'

export interface TokenizerWords {
  readonly title: string
  readonly about: string
}

export const TOKENIZERS: Readonly<Record<TokenizerName, TokenizerWords>> = {
  whisper: {
    title: 'Whisper encoder',
    about: 'It has heard 680,000 hours of real speech: the integers stay right on voices new to it.',
  },
  mel: {
    title: 'Own mel encoder',
    about: 'It has heard one synthetic teacher only: hear what a tokenizer’s experience is worth.',
  },
}
