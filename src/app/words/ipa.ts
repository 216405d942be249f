/**
 * Owns: how a phone is shown: ARPAbet as the model has it, or the International Phonetic Alphabet. Stress goes before
 * its vowel. Knows no component.
 */
import { splitHeld } from '../../speech/2-phones/held'
import type { Phone } from '../../speech/3-units/vocabulary'

export type PhoneScript = 'ipa' | 'arpabet'

const SIGNS: Readonly<Record<string, string>> = {
  _: '·',
  ' ': '␣',
  AA: 'ɑ',
  AE: 'æ',
  AH: 'ʌ',
  AO: 'ɔ',
  AW: 'aʊ',
  AY: 'aɪ',
  EH: 'ɛ',
  ER: 'ɝ',
  EY: 'eɪ',
  IH: 'ɪ',
  IY: 'i',
  OW: 'oʊ',
  OY: 'ɔɪ',
  UH: 'ʊ',
  UW: 'u',
  B: 'b',
  CH: 'tʃ',
  D: 'd',
  DH: 'ð',
  F: 'f',
  G: 'ɡ',
  HH: 'h',
  JH: 'dʒ',
  K: 'k',
  L: 'l',
  M: 'm',
  N: 'n',
  NG: 'ŋ',
  P: 'p',
  R: 'ɹ',
  S: 's',
  SH: 'ʃ',
  T: 't',
  TH: 'θ',
  V: 'v',
  W: 'w',
  Y: 'j',
  Z: 'z',
  ZH: 'ʒ',
}
const UNSTRESSED: Readonly<Record<string, string>> = { AH0: 'ə', ER0: 'ɚ' }
const STRESS_MARKS: Readonly<Record<string, string>> = { 1: 'ˈ', 2: 'ˌ' }

function phoneToIpa(phone: Phone): string {
  const reduced = UNSTRESSED[phone]
  if (reduced) return reduced
  const stress = STRESS_MARKS[phone.at(-1) ?? ''] ?? ''
  const base = phone.replace(/[012]$/, '')
  return stress + (SIGNS[base] ?? phone)
}

export function phoneToSign(typed: Phone, script: PhoneScript): string {
  const { phone, frames } = splitHeld(typed)
  return phoneAlone(phone, script) + (frames === null ? '' : ` ×${frames} `)
}

function phoneAlone(phone: Phone, script: PhoneScript): string {
  if (script === 'ipa' || phone === ' ' || phone === '_') return phoneToIpa(phone)
  return phone
}

/** Of one word. */
export function phonesToSigns(phones: readonly Phone[], script: PhoneScript): string {
  return phones
    .filter(isSpokenPhone)
    .map((phone) => phoneToSign(phone, script))
    .join(script === 'ipa' ? '' : ' ')
}

/** A phone as it is read aloud by a screen reader. */
export function phoneToName(typed: Phone): string {
  const { phone, frames } = splitHeld(typed)
  if (frames !== null) return `${phone}, held for ${frames} units`
  if (phone === '_') return 'silence'
  if (phone === ' ') return 'word gap'
  return /^[A-Z]/.test(phone) ? phone : `sign ${phone}`
}

export function isSpokenPhone(phone: Phone): boolean {
  return /^[A-Z]/.test(phone)
}
