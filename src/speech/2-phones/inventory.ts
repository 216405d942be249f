/**
 * Owns: the phones of English as ARPAbet writes them, each with its IPA sign and a word to hear it in. Stress is a digit
 * on the vowel: 0 none, 1 main, 2 side. Which of them a model knows is the manifest's business.
 */
import type { Phone } from '../3-units/vocabulary'

export interface InventoryEntry {
  /** Without stress digit. */
  readonly phone: string
  readonly kind: 'vowel' | 'consonant'
  /** Of the stressed vowel; unstressed AH and ER have signs of their own. */
  readonly ipa: string
  readonly example: string
}

const vowel = (phone: string, ipa: string, example: string): InventoryEntry => ({
  phone,
  kind: 'vowel',
  ipa,
  example,
})
const consonant = (phone: string, ipa: string, example: string): InventoryEntry => ({
  phone,
  kind: 'consonant',
  ipa,
  example,
})

export const INVENTORY: readonly InventoryEntry[] = [
  vowel('AA', 'ɑ', 'father'),
  vowel('AE', 'æ', 'cat'),
  vowel('AH', 'ʌ', 'cup'),
  vowel('AO', 'ɔ', 'thought'),
  vowel('AW', 'aʊ', 'cow'),
  vowel('AY', 'aɪ', 'my'),
  vowel('EH', 'ɛ', 'bed'),
  vowel('ER', 'ɝ', 'bird'),
  vowel('EY', 'eɪ', 'day'),
  vowel('IH', 'ɪ', 'sit'),
  vowel('IY', 'i', 'see'),
  vowel('OW', 'oʊ', 'go'),
  vowel('OY', 'ɔɪ', 'boy'),
  vowel('UH', 'ʊ', 'book'),
  vowel('UW', 'u', 'blue'),
  consonant('B', 'b', 'bee'),
  consonant('CH', 'tʃ', 'chin'),
  consonant('D', 'd', 'dog'),
  consonant('DH', 'ð', 'this'),
  consonant('F', 'f', 'fish'),
  consonant('G', 'ɡ', 'green'),
  consonant('HH', 'h', 'house'),
  consonant('JH', 'dʒ', 'joy'),
  consonant('K', 'k', 'key'),
  consonant('L', 'l', 'lamp'),
  consonant('M', 'm', 'moon'),
  consonant('N', 'n', 'nose'),
  consonant('NG', 'ŋ', 'sing'),
  consonant('P', 'p', 'pen'),
  consonant('R', 'ɹ', 'red'),
  consonant('S', 's', 'sun'),
  consonant('SH', 'ʃ', 'shoe'),
  consonant('T', 't', 'tea'),
  consonant('TH', 'θ', 'thin'),
  consonant('V', 'v', 'voice'),
  consonant('W', 'w', 'water'),
  consonant('Y', 'j', 'yes'),
  consonant('Z', 'z', 'zoo'),
  consonant('ZH', 'ʒ', 'measure'),
]

const STRESS_SIGNS: Readonly<Record<string, string>> = { '0': '', '1': 'ˈ', '2': 'ˌ' }
const UNSTRESSED_IPA: Readonly<Record<string, string>> = { AH0: 'ə', ER0: 'ɚ' }

/** ARPAbet with its stress digit -> IPA with its stress sign. */
const IPA: ReadonlyMap<Phone, string> = new Map(
  INVENTORY.flatMap(({ phone, kind, ipa }) =>
    kind === 'consonant'
      ? [[phone, ipa] as const]
      : Object.entries(STRESS_SIGNS).map(
          ([digit, sign]) => [phone + digit, UNSTRESSED_IPA[phone + digit] ?? sign + ipa] as const,
        ),
  ),
)

/** Whether a phone is a speech sound: no silence, word break or mark. */
export function isSpeechPhone(phone: Phone): boolean {
  return IPA.has(phone)
}

export function isVowel(phone: Phone): boolean {
  return /[012]$/.test(phone)
}

/** IPA of one phone; what is no speech sound (a mark, a break) stays as it is. */
export function phoneToIpa(phone: Phone): string {
  return IPA.get(phone) ?? phone
}
