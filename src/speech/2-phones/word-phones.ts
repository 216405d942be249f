/**
 * Owns: the full, stressed reading of one word, from whatever source knows the word or its stem. Weak forms and
 * sentences are planPhones' business.
 */
import type { Phone } from '../3-units/vocabulary'
import { PAST_CALLERS, VERB_CALLERS, VERB_READINGS } from './readings'
import { splitSuffix } from './suffixes'

/** A source of readings: the lexicon, or what the language model answered. */
export type FindPhones = (word: string) => readonly Phone[] | undefined

const READ_PARTICIPLE: readonly Phone[] = ['R', 'EH1', 'D']

/** `previous` is the word before, if no mark stands between; it decides homographs. */
export function wordToPhones(
  word: string,
  previous: string | undefined,
  find: FindPhones,
): readonly Phone[] | undefined {
  if (previous !== undefined) {
    const asVerb = VERB_READINGS.get(word)
    if (asVerb && VERB_CALLERS.has(previous)) return asVerb
    if (word === 'read' && PAST_CALLERS.has(previous)) return READ_PARTICIPLE
  }
  const known = find(word)
  if (known) return known
  const suffix = splitSuffix(word)
  if (!suffix) return undefined
  const stemPhones = wordToPhones(suffix.stem, undefined, find)
  return stemPhones && suffix.attach(stemPhones)
}

/** What to ask a model about: the word, or its stem where the ending follows a rule. */
export function wordToStem(word: string): string {
  const suffix = splitSuffix(word)
  return suffix ? wordToStem(suffix.stem) : word
}
