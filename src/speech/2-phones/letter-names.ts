/** Owns: how the names of the 26 letters sound, always stressed: the letter `a` is never the article. */
import type { Phone } from '../3-units/vocabulary'
import { addPlural } from './suffixes'

const NAMES: Readonly<Record<string, string>> = {
  a: 'EY1',
  b: 'B IY1',
  c: 'S IY1',
  d: 'D IY1',
  e: 'IY1',
  f: 'EH1 F',
  g: 'JH IY1',
  h: 'EY1 CH',
  i: 'AY1',
  j: 'JH EY1',
  k: 'K EY1',
  l: 'EH1 L',
  m: 'EH1 M',
  n: 'EH1 N',
  o: 'OW1',
  p: 'P IY1',
  q: 'K Y UW1',
  r: 'AA1 R',
  s: 'EH1 S',
  t: 'T IY1',
  u: 'Y UW1',
  v: 'V IY1',
  w: 'D AH1 B AH0 L Y UW0',
  x: 'EH1 K S',
  y: 'W AY1',
  z: 'Z IY1',
}

/** `f` or, with a plural, `f's`; what is no letter has no name and no phones. */
export function letterToPhones(letter: string): readonly Phone[] {
  const name = NAMES[letter.slice(0, 1)]?.split(' ') ?? []
  return name.length > 0 && letter.endsWith("'s") ? addPlural(name) : name
}

/** A word letter by letter, with a word break between the names. */
export function spellWord(word: string): readonly Phone[] {
  return word
    .split('')
    .map(letterToPhones)
    .filter((name) => name.length > 0)
    .flatMap((name, i) => (i === 0 ? name : [' ', ...name]))
}
