/**
 * Owns: ARPAbet to the signs of Kokoro's vocabulary (an IPA of its own), as `training/text/kokoro.py` writes them: reduced
 * vowels, flapped T and syllabic L and N as that model was trained on them. So both speak the same phones.
 */
import { isSpeechPhone, isVowel } from '../../src/speech/2-phones/inventory'
import { SILENCE, type Phone } from '../../src/speech/3-units/vocabulary'

const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'AA ɑ,AE æ,AH ʌ,AO ɔ,AW W,AY I,EH ɛ,ER ɜɹ,EY A,IH ɪ,IY i,OW O,OY Y',
    'UH ʊ,UW u,B b,CH ʧ,D d,DH ð,F f,G ɡ,HH h,JH ʤ,K k,L l,M m',
    'N n,NG ŋ,P p,R ɹ,S s,SH ʃ,T t,TH θ,V v,W w,Y j,Z z,ZH ʒ',
  ].flatMap((pairs) => pairs.split(',').map((pair) => pair.split(' '))),
)
const STRESS: Readonly<Record<string, string>> = { '0': '', '1': 'ˈ', '2': 'ˌ' }
const WHOLE_WORDS: Readonly<Record<string, string>> = {
  AH0: 'ɐ',
  'AH0 N': 'ɐn',
  'AH0 V': 'ʌv',
  'W AH0 Z': 'wʌz',
  'F R AH0 M': 'fɹʌm',
  'B AH0 T': 'bʌt',
  'D AH0 Z': 'dʌz',
  'M AH0 S T': 'mʌst',
  'AH0 S': 'ʌs',
  'W ER0': 'wɜɹ',
  'HH ER0': 'hɜɹ',
}
const NOT_BEFORE_SYLLABIC = new Set('R L W Y HH'.split(' '))
const SYLLABIC_N_AFTER = new Set('T D S Z'.split(' '))

/** Phones with the silences, spaces and marks of a plan. */
export function phonesToSigns(phones: readonly Phone[]): string {
  let signs = ''
  let word: Phone[] = []
  for (const phone of [...phones, '']) {
    if (isSpeechPhone(phone)) {
      word.push(phone)
      continue
    }
    signs += wordToSigns(word) + (phone === SILENCE ? '' : phone)
    word = []
  }
  return signs
}

const wordToSigns = (word: readonly Phone[]): string =>
  WHOLE_WORDS[word.join(' ')] ?? word.map((_, place) => toSign(word, place)).join('')

function toSign(word: readonly Phone[], place: number): string {
  const phone = word[place]
  if (!isVowel(phone)) return isFlap(word, place) ? 'ɾ' : PLAIN[phone]
  if (phone === 'AH0') return toSchwa(word, place)
  if (phone === 'ER0') return 'əɹ'
  const name = phone.slice(0, -1)
  const beforeR = word[place + 1] === 'R' ? { IY: 'ɪ', UW: 'ʊ' }[name] : undefined
  return STRESS[phone.slice(-1)] + (beforeR ?? PLAIN[name])
}

function toSchwa(word: readonly Phone[], place: number): string {
  const at = (step: number): Phone => (place + step < 0 ? '' : (word.at(place + step) ?? ''))
  const before = at(-1)
  const isAfterConsonant = before !== '' && !isVowel(before) && !NOT_BEFORE_SYLLABIC.has(before)
  const isSyllabic = at(1) === 'L' || (at(1) === 'N' && SYLLABIC_N_AFTER.has(before))
  return isAfterConsonant && isSyllabic && !isVowel(at(2)) ? 'ᵊ' : 'ə'
}

/** T between a vowel or R and an unstressed vowel, but not before a syllabic N. */
function isFlap(word: readonly Phone[], place: number): boolean {
  if (word[place] !== 'T' || place === 0 || place + 1 === word.length) return false
  const [before, after] = [word[place - 1], word[place + 1]]
  const button = after === 'AH0' && word[place + 2] === 'N'
  return (isVowel(before) || before === 'R') && after.endsWith('0') && !button
}
