/**
 * Owns: possessives and contractions, by which a word that no source knows is read from its stem: `tolkien's` from
 * `tolkien`, `someone'd` from `someone`.
 */
import type { Phone } from '../3-units/vocabulary'

interface Split {
  readonly stem: string
  readonly attach: (stemPhones: readonly Phone[]) => readonly Phone[]
}

const VOICELESS = new Set(['P', 'T', 'K', 'F', 'TH'])
const SIBILANTS = new Set(['S', 'Z', 'SH', 'ZH', 'CH', 'JH'])

/** The spoken -s after a word: buses, cats, dogs. */
export function addPlural(phones: readonly Phone[]): readonly Phone[] {
  const last = phones[phones.length - 1]
  if (SIBILANTS.has(last)) return [...phones, 'IH0', 'Z']
  return [...phones, VOICELESS.has(last) ? 'S' : 'Z']
}

function addPast(phones: readonly Phone[]): readonly Phone[] {
  const last = phones[phones.length - 1]
  return last === 'T' || last === 'D' ? [...phones, 'IH0', 'D'] : [...phones, 'D']
}

const add =
  (...ending: readonly Phone[]) =>
  (phones: readonly Phone[]): readonly Phone[] => [...phones, ...ending]

const CONTRACTIONS: readonly (readonly [suffix: string, attach: Split['attach']])[] = [
  ["'ll", add('AH0', 'L')],
  ["'ve", add('AH0', 'V')],
  ["'re", add('ER0')],
  ["'d", addPast],
]

/** One step from a word towards its stem; undefined when the word is its own stem. */
export function splitSuffix(word: string): Split | undefined {
  if (word.endsWith("'s") && word.length > 2) return { stem: word.slice(0, -2), attach: addPlural }
  if (word.endsWith("s'")) return { stem: word.slice(0, -1), attach: (phones) => phones }
  const contraction = CONTRACTIONS.find(([suffix]) => word.endsWith(suffix) && word.length > suffix.length)
  if (contraction) return { stem: word.slice(0, -contraction[0].length), attach: contraction[1] }
  if (!word.startsWith("'") && !word.endsWith("'")) return undefined
  const bare = word.replace(/^'+|'+$/g, '')
  return bare === '' ? undefined : { stem: bare, attach: (phones) => phones }
}
