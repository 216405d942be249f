/**
 * Owns: phones as a person reads and types them. One space between phones, ` _ ` between words, marks where they are:
 *
 *     DH AH0 _ K AE1 T , M IY1 AW2 .
 *
 * A mark divides words by itself. `|` and `/` are understood as `_`, small letters as capitals. `AE1=8` is AE1 held for
 * eight units.
 */
import { closingMark, isMark, strongerMark } from '../1-letters/token'
import type { Phone } from '../3-units/vocabulary'
import { ConvergeError } from '../errors'
import { MAX_FRAMES_PER_PHONE } from '../3-units/streams/speak'
import { holdPhone, splitHeld } from './held'
import { INVENTORY, isSpeechPhone } from './inventory'

const BREAK: Phone = ' '

/**
 * The phones of an utterance: no break at either end, a closing mark.
 * @throws ConvergeError `phones-invalid`
 */
export function parsePhones(input: string): readonly Phone[] {
  const phones: Phone[] = []
  let breakDue = false
  for (const symbol of input.match(/[,.?!;:|_/]|[^\s,.?!;:|_/]+/gu) ?? []) {
    const last = phones[phones.length - 1]
    if ('|_/'.includes(symbol)) {
      breakDue = true
    } else if (!isMark(symbol)) {
      if ((breakDue || isMark(last ?? '')) && phones.length > 0) phones.push(BREAK)
      phones.push(checkPhone(symbol))
      breakDue = false
    } else if (last !== undefined && isMark(last)) {
      phones[phones.length - 1] = strongerMark(last, symbol)
    } else if (last !== undefined) {
      phones.push(symbol)
    }
  }
  const last = phones.pop()
  if (last === undefined) {
    throw new ConvergeError('phones-invalid', 'There are no phones. Type some, for example: HH AH0 L OW1.', {
      found: '',
    })
  }
  return isMark(last) ? [...phones, closingMark(last)] : [...phones, last, '.']
}

/** The inverse of `parsePhones`. */
export function formatPhones(phones: readonly Phone[]): string {
  return phones
    .filter((phone, i) => phone !== BREAK || !isMark(phones[i - 1] ?? ''))
    .map((phone) => (phone === BREAK ? '_' : phone))
    .join(' ')
}

const VOWEL_NAMES = new Set(INVENTORY.filter(({ kind }) => kind === 'vowel').map(({ phone }) => phone))

function checkPhone(symbol: string): Phone {
  const { phone, frames } = splitHeld(symbol.toUpperCase())
  if (isSpeechPhone(phone)) return holdPhone(phone, frames)
  if (phone.includes('=')) {
    const message = `“${symbol}” is no phone with a length: after = stand its units, 1 to ${MAX_FRAMES_PER_PHONE}, as in AE1=8.`
    throw new ConvergeError('phones-invalid', message, { found: symbol, wanted: MAX_FRAMES_PER_PHONE })
  }
  const advice = VOWEL_NAMES.has(phone)
    ? `it is a vowel and needs its stress: ${phone}0, ${phone}1 or ${phone}2.`
    : 'phones are ARPAbet, with a stress digit on vowels: HH AH0 L OW1.'
  throw new ConvergeError('phones-invalid', `“${symbol}” is no phone: ${advice}`, {
    found: symbol,
    wanted: 'ARPAbet',
  })
}
