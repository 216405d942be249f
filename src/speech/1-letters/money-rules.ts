/** Owns: how amounts of money are read: $5.20, £3m, €1,200.75, $3 million, 50¢, 20 €. */
import { cardinalToWords, numberToWords } from './numbers'
import { NUMBER, type Place, type Rule, rule } from './reader'

interface Currency {
  readonly one: string
  readonly more: string
  /** A hundredth; undefined where nobody says it. */
  readonly cent?: readonly [one: string, more: string]
}

const CENT = ['cent', 'cents'] as const
const CURRENCIES: Readonly<Record<string, Currency>> = {
  $: { one: 'dollar', more: 'dollars', cent: CENT },
  '£': { one: 'pound', more: 'pounds', cent: ['penny', 'pence'] },
  '€': { one: 'euro', more: 'euros', cent: CENT },
  '¥': { one: 'yen', more: 'yen' },
  '₹': { one: 'rupee', more: 'rupees' },
  '¢': { one: 'cent', more: 'cents' },
}

const SCALES: Readonly<Record<string, string>> = {
  k: 'thousand',
  m: 'million',
  mn: 'million',
  b: 'billion',
  bn: 'billion',
  t: 'trillion',
  tn: 'trillion',
}

function amountToWords(sign: string, amount: string, scale: string | undefined): string {
  const { one, more, cent } = CURRENCIES[sign]
  if (scale) {
    const word = scale.trim().toLowerCase()
    return `${numberToWords(amount)} ${SCALES[word] ?? word} ${more}`
  }
  const [whole, decimals] = amount.split('.')
  if (decimals?.length !== 2 || !cent) return `${numberToWords(amount)} ${amount === '1' ? one : more}`
  const cents = Number(decimals)
  const units = `${cardinalToWords(whole)} ${whole === '1' ? one : more}`
  if (cents === 0) return units
  const hundredths = `${cardinalToWords(String(cents))} ${cent[cents === 1 ? 0 : 1]}`
  return Number(whole) === 0 ? hundredths : `${units} and ${hundredths}`
}

/** $5-$10 is a range, -$5 a debt. */
function readMinus(minus: string, { text, start }: Place): string {
  if (minus === '') return ''
  return /[A-Za-z0-9]/.test(text[start - 1] ?? '') ? 'to ' : 'minus '
}

const AMOUNT = String.raw`${NUMBER}|\.\d{1,2}`
const SCALE = String.raw`( (?:hundred|thousand|million|billion|trillion)|[kK]|[mM]n?|[bB]n?|tn?)?(?![A-Za-z0-9])`

export const MONEY_BEFORE: readonly Rule[] = [
  rule(
    new RegExp(`(-?)([$£€¥₹]) ?(${AMOUNT})${SCALE}`),
    ([, minus, sign, amount, scale], place) =>
      `${readMinus(minus, place)}${amountToWords(sign, amount, scale)}`,
  ),
  rule(
    new RegExp(`(-?)([$£€¥₹])(${AMOUNT})`),
    ([, minus, sign, amount], place) => `${readMinus(minus, place)}${amountToWords(sign, amount, undefined)}`,
  ),
]

export const MONEY_AFTER: readonly Rule[] = [
  rule(new RegExp(`(${NUMBER}) ?([$£€¥₹¢])(?!\\d)`), ([, amount, sign]) =>
    amountToWords(sign, amount, undefined),
  ),
]
