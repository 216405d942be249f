/**
 * Owns: the words whose reading hangs on their neighbours: verbs that look like nouns, and the weak forms of function
 * words. The language model was trained on exactly these readings.
 */
import type { Phone } from '../3-units/vocabulary'

type Readings = ReadonlyMap<string, readonly Phone[]>

const readings = (table: Readonly<Record<string, string>>): Readings =>
  new Map(Object.entries(table).map(([word, phones]) => [word, phones.split(' ')]))

/** Read so after a word that calls for a verb. */
export const VERB_READINGS: Readings = readings({
  use: 'Y UW1 Z',
  close: 'K L OW1 Z',
  record: 'R IH0 K AO1 R D',
  present: 'P R IH0 Z EH1 N T',
  object: 'AH0 B JH EH1 K T',
  subject: 'S AH0 B JH EH1 K T',
  project: 'P R AH0 JH EH1 K T',
  separate: 'S EH1 P ER0 EY2 T',
  house: 'HH AW1 Z',
  estimate: 'EH1 S T AH0 M EY2 T',
  conduct: 'K AH0 N D AH1 K T',
  desert: 'D IH0 Z ER1 T',
  perfect: 'P ER0 F EH1 K T',
  excuse: 'IH0 K S K Y UW1 Z',
  wind: 'W AY1 N D',
  tear: 'T EH1 R',
  lead: 'L IY1 D',
  bow: 'B AW1',
})

/** Words that call for a verb. */
export const VERB_CALLERS: ReadonlySet<string> = new Set(
  "to will would can could should shall must may might did do does not don't didn't doesn't can't couldn't won't wouldn't cannot i you we they please let's i'll you'll we'll they'll he'll she'll never".split(
    ' ',
  ),
)

/** After these, `read` is the participle. */
export const PAST_CALLERS: ReadonlySet<string> = new Set(
  "i've he has had have been was were is are be being having".split(' '),
)

/** Unstressed readings of function words. */
export const WEAK_FORMS: Readings = readings({
  a: 'AH0',
  an: 'AH0 N',
  the: 'DH AH0',
  and: 'AE0 N D',
  to: 'T AH0',
  of: 'AH0 V',
  for: 'F AO0 R',
  was: 'W AH0 Z',
  were: 'W ER0',
  in: 'IH0 N',
  on: 'AA0 N',
  at: 'AE0 T',
  as: 'AE0 Z',
  by: 'B AY0',
  from: 'F R AH0 M',
  with: 'W IH0 DH',
  is: 'IH0 Z',
  are: 'AA0 R',
  am: 'AE0 M',
  be: 'B IY0',
  been: 'B IH0 N',
  has: 'HH AE0 Z',
  have: 'HH AE0 V',
  had: 'HH AE0 D',
  do: 'D UW0',
  does: 'D AH0 Z',
  can: 'K AE0 N',
  could: 'K UH0 D',
  would: 'W UH0 D',
  should: 'SH UH0 D',
  will: 'W IH0 L',
  must: 'M AH0 S T',
  it: 'IH0 T',
  its: 'IH0 T S',
  "it's": 'IH0 T S',
  he: 'HH IY0',
  she: 'SH IY0',
  we: 'W IY0',
  they: 'DH EY0',
  you: 'Y UW0',
  me: 'M IY0',
  him: 'HH IH0 M',
  her: 'HH ER0',
  us: 'AH0 S',
  them: 'DH EH0 M',
  his: 'HH IH0 Z',
  my: 'M AY0',
  your: 'Y AO0 R',
  their: 'DH EH0 R',
  our: 'AW0 R',
  there: 'DH EH0 R',
  or: 'AO0 R',
  but: 'B AH0 T',
  if: 'IH0 F',
  than: 'DH AE0 N',
  that: 'DH AE0 T',
  into: 'IH0 N T AH0',
  i: 'AY2',
  this: 'DH IH2 S',
  so: 'S OW2',
  not: 'N AA2 T',
  "i'm": 'AY0 M',
  "i've": 'AY0 V',
  "i'll": 'AY0 L',
  "i'd": 'AY0 D',
  "you're": 'Y UH0 R',
  "he's": 'HH IY0 Z',
  "she's": 'SH IY0 Z',
  "we're": 'W IH0 R',
  "they're": 'DH EH0 R',
  "that's": 'DH AE2 T S',
  some: 'S AH2 M',
  when: 'W EH2 N',
  what: 'W AH2 T',
  who: 'HH UW2',
  which: 'W IH2 CH',
  where: 'W EH2 R',
})

/** These stay weak even at the end of a clause. */
export const ENCLITICS: ReadonlySet<string> = new Set('it me him her us them you'.split(' '))
