/** Owns: how quantities are read: 5 km, 60 mph, 25°C, 3-5 kg, ½ kg, 10 %, 5'10", 1920 × 1080. */
import { cardinalToWords, fractionToWords, isFraction, numberToWords } from './numbers'
import { NUMBER, type Rule, rule } from './reader'

/** Sign -> [one, more]. Single capitals that name other things (5G, 4K) are left out. */
const UNITS: Readonly<Record<string, readonly [one: string, more: string]>> = {
  '%': ['percent', 'percent'],
  '°C': ['degree celsius', 'degrees celsius'],
  '°F': ['degree fahrenheit', 'degrees fahrenheit'],
  '°': ['degree', 'degrees'],
  km: ['kilometer', 'kilometers'],
  m: ['meter', 'meters'],
  cm: ['centimeter', 'centimeters'],
  mm: ['millimeter', 'millimeters'],
  µm: ['micrometer', 'micrometers'],
  nm: ['nanometer', 'nanometers'],
  mi: ['mile', 'miles'],
  ft: ['foot', 'feet'],
  yd: ['yard', 'yards'],
  kg: ['kilogram', 'kilograms'],
  g: ['gram', 'grams'],
  mg: ['milligram', 'milligrams'],
  µg: ['microgram', 'micrograms'],
  lb: ['pound', 'pounds'],
  lbs: ['pound', 'pounds'],
  oz: ['ounce', 'ounces'],
  l: ['liter', 'liters'],
  L: ['liter', 'liters'],
  ml: ['milliliter', 'milliliters'],
  mL: ['milliliter', 'milliliters'],
  mph: ['mile per hour', 'miles per hour'],
  kph: ['kilometer per hour', 'kilometers per hour'],
  'km/h': ['kilometer per hour', 'kilometers per hour'],
  'm/s': ['meter per second', 'meters per second'],
  s: ['second', 'seconds'],
  sec: ['second', 'seconds'],
  ms: ['millisecond', 'milliseconds'],
  µs: ['micro second', 'micro seconds'],
  ns: ['nanosecond', 'nanoseconds'],
  min: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  hr: ['hour', 'hours'],
  hrs: ['hour', 'hours'],
  Hz: ['hertz', 'hertz'],
  kHz: ['kilo hertz', 'kilo hertz'],
  MHz: ['megahertz', 'megahertz'],
  GHz: ['giga hertz', 'giga hertz'],
  dB: ['decibel', 'decibels'],
  kB: ['kilobyte', 'kilobytes'],
  KB: ['kilobyte', 'kilobytes'],
  MB: ['megabyte', 'megabytes'],
  GB: ['gigabyte', 'gigabytes'],
  TB: ['terabyte', 'terabytes'],
  'kbit/s': ['kilo bit per second', 'kilo bits per second'],
  'bit/s': ['bit per second', 'bits per second'],
  Mbps: ['mega bit per second', 'mega bits per second'],
  Gbps: ['giga bit per second', 'giga bits per second'],
  W: ['watt', 'watts'],
  kW: ['kilowatt', 'kilowatts'],
  MW: ['megawatt', 'megawatts'],
  kWh: ['kilowatt hour', 'kilowatt hours'],
  V: ['volt', 'volts'],
  mV: ['milli volt', 'milli volts'],
  mA: ['milli amp', 'milli amps'],
  kcal: ['kilo calorie', 'kilo calories'],
  psi: ['P S I', 'P S I'],
  px: ['pixel', 'pixels'],
  fps: ['frame per second', 'frames per second'],
  rpm: ['R P M', 'R P M'],
}

/** Their squares and cubes are said before; of anything else behind: meters per second squared. */
const LENGTHS = new Set('km m cm mm µm nm mi ft yd'.split(' '))
const POWERS: Readonly<Record<string, readonly [before: string, behind: string]>> = {
  '2': ['square', 'squared'],
  '3': ['cubic', 'cubed'],
}

function unitToWords(unit: string, power: string | undefined, isOne: boolean): string {
  const name = UNITS[unit][isOne ? 0 : 1]
  if (power === undefined) return name
  const [before, behind] = POWERS[power]
  return LENGTHS.has(unit) ? `${before} ${name}` : `${name} ${behind}`
}

const unitNames = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|')
const UNIT = String.raw`(${unitNames})(?:\^([23]))?(?![A-Za-z0-9'])`
const AMOUNT = String.raw`(${NUMBER}|\.\d{1,20})`

const QUANTITY = rule(
  new RegExp(`${AMOUNT}(?: ?- ?${AMOUNT})?([ -]?)${UNIT}`),
  ([, first, second, gap, unit, power], { text, start }) => {
    if (first.startsWith('.') && /[A-Za-z0-9]/.test(text[start - 1] ?? '')) return undefined
    // “a 5-m walk” is a measure, “20-s” too; “3-D” never gets here.
    const isOne = gap === '-' || (first === '1' && second === undefined)
    const until = second === undefined ? '' : ` to ${numberToWords(second)}`
    return `${numberToWords(first)}${until} ${unitToWords(unit, power, isOne)}`
  },
)

/** ½ kg, ¾ of a mile, 1½ km. */
const FRACTION = rule(
  new RegExp(`(?:(\\d{1,9}) )?(\\d{1,9})/(\\d{1,9})([ -]?)${UNIT}`),
  ([, whole, numerator, denominator, gap, unit, power]) => {
    if (!isFraction(numerator, denominator)) return undefined
    const one = unitToWords(unit, power, true)
    if (whole !== undefined) {
      const name = gap === '-' ? one : unitToWords(unit, power, false)
      return `${cardinalToWords(whole)} and ${fractionToWords(numerator, denominator, 'a')} ${name}`
    }
    if (gap === '-') return `${fractionToWords(numerator, denominator)} ${one}`
    const part =
      numerator === '1' && denominator === '2' ? 'half' : `${fractionToWords(numerator, denominator)} of`
    return `${part} ${one.startsWith('hour') ? 'an' : 'a'} ${one}`
  },
)

/** Digits first. */
export const UNIT_RULES: readonly Rule[] = [
  rule(/(\d)'(\d{1,2})(?:"|(?!\d))/, ([, feet, inches]) =>
    Number(inches) < 12 ? `${cardinalToWords(feet)} foot ${cardinalToWords(inches)}` : undefined,
  ),
  rule(
    /(\d) ?ft\.? ?(\d{1,2}) ?in(?![a-z])/,
    ([, feet, inches]) => `${cardinalToWords(feet)} foot ${cardinalToWords(inches)}`,
  ),
  FRACTION,
  QUANTITY,
  rule(new RegExp(`(?!0x)(${NUMBER}) ?[x×] ?(?=\\d)`), ([, first]) => `${numberToWords(first)} by`),
]

/** A decimal point first: .5 kg. */
export const BARE_DECIMALS: readonly Rule[] = [QUANTITY]
