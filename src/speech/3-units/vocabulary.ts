/**
 * Owns: the one vocabulary of the language model (specials, phones, letters, units) and the way between names and ids.
 * Built from the manifest; knows no model size by heart.
 */
import { ConvergeError } from '../errors'
import type { Manifest } from '../manifest'

/** A token's number in the language model's vocabulary. */
export type TokenId = number
/** One integer of the codec, 0 … codes - 1; 25 ms of speech. */
export type Unit = number
/** A phone's name: `_` (silence), a space, a punctuation mark, or ARPAbet with a stress digit on vowels. */
export type Phone = string

export const SILENCE: Phone = '_'

export interface Vocabulary {
  readonly size: number
  /** Special tokens by role. `pad` stands only in the voice slot. */
  readonly pad: TokenId
  readonly eos: TokenId
  readonly go: TokenId
  readonly speak: TokenId
  readonly listen: TokenId
  readonly babble: TokenId
  readonly sayAs: TokenId
  readonly spell: TokenId
  /** Half-open id ranges. */
  readonly phoneRange: readonly [first: TokenId, end: TokenId]
  readonly letterRange: readonly [first: TokenId, end: TokenId]
  readonly unitRange: readonly [first: TokenId, end: TokenId]
  readonly phones: readonly Phone[]
  readonly letters: readonly string[]
  /** @throws ConvergeError `phones-invalid` */
  phoneToId(phone: Phone): TokenId
  idToPhone(id: TokenId): Phone
  isPhoneName(name: string): boolean
  /** undefined where the model has no such letter. */
  letterToId(letter: string): TokenId | undefined
  idToLetter(id: TokenId): string
  /** @throws ConvergeError `units-invalid` */
  unitToId(unit: Unit): TokenId
  idToUnit(id: TokenId): Unit
  isUnit(id: TokenId): boolean
  isPhone(id: TokenId): boolean
}

/** What a vocabulary is made from. */
export type VocabularySource = Pick<Manifest, 'codes'> & { readonly lm: Pick<Manifest['lm'], 'vocabulary'> }

export function createVocabulary(manifest: VocabularySource): Vocabulary {
  const { specials, phones, letters, firstPhone, firstLetter, firstUnit } = manifest.lm.vocabulary
  const size = firstUnit + manifest.codes
  const special = (name: string): TokenId => {
    const id = specials.indexOf(name)
    if (id < 0) {
      throw new ConvergeError('model-incompatible', `The model's vocabulary lacks ${name}.`, { wanted: name })
    }
    return id
  }
  const phoneIds = new Map(phones.map((phone, i) => [phone, firstPhone + i]))
  const letterIds = new Map(letters.map((letter, i) => [letter, firstLetter + i]))
  return {
    size,
    pad: special('<pad>'),
    eos: special('<eos>'),
    go: special('<go>'),
    speak: special('<tts>'),
    listen: special('<asr>'),
    babble: special('<cont>'),
    sayAs: special('<g2p>'),
    spell: special('<p2g>'),
    phoneRange: [firstPhone, firstPhone + phones.length],
    letterRange: [firstLetter, firstLetter + letters.length],
    unitRange: [firstUnit, size],
    phones,
    letters,
    phoneToId(phone) {
      const id = phoneIds.get(phone)
      if (id === undefined) {
        throw new ConvergeError(
          'phones-invalid',
          `“${phone}” is no phone this model knows. Phones are ARPAbet, with a stress digit on vowels: HH AH0 L OW1.`,
          { found: phone },
        )
      }
      return id
    },
    idToPhone: (id) => phones[id - firstPhone],
    isPhoneName: (name) => phoneIds.has(name),
    letterToId: (letter) => letterIds.get(letter),
    idToLetter: (id) => letters[id - firstLetter],
    unitToId(unit) {
      if (!(Number.isInteger(unit) && unit >= 0 && unit < manifest.codes)) {
        const message = `A unit is a whole number from 0 to ${manifest.codes - 1}; found ${unit}.`
        throw new ConvergeError('units-invalid', message, { found: String(unit), codes: manifest.codes })
      }
      return firstUnit + unit
    },
    idToUnit: (id) => id - firstUnit,
    isUnit: (id) => id >= firstUnit && id < size,
    isPhone: (id) => id >= firstPhone && id < firstPhone + phones.length,
  }
}
