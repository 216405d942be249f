/** Owns: how quantities are read: 5 km, 60 mph, 25°C, 3-5 kg, 10 %, 5'10", 1920 × 1080. */
import { cardinalToWords, numberToWords } from './numbers'
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

const POWERS: Readonly<Record<string, string>> = { '2': 'square ', '3': 'cubic ' }

const unitNames = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .join('|')

export const UNIT_RULES: readonly Rule[] = [
  rule(/(\d)'(\d{1,2})(?:"|(?!\d))/, ([, feet, inches]) =>
    Number(inches) < 12 ? `${cardinalToWords(feet)} foot ${cardinalToWords(inches)}` : undefined,
  ),
  rule(
    /(\d) ?ft\.? ?(\d{1,2}) ?in(?![a-z])/,
    ([, feet, inches]) => `${cardinalToWords(feet)} foot ${cardinalToWords(inches)}`,
  ),
  rule(
    new RegExp(`(${NUMBER})(?: ?- ?(${NUMBER}))?[ -]?(${unitNames})(?:\\^([23]))?(?![A-Za-z0-9'])`),
    ([whole, first, second, unit, power]) => {
      // “a 5-m walk” is a measure, “20-s” too; “3-D” never gets here.
      const quantity =
        second === undefined ? numberToWords(first) : `${numberToWords(first)} to ${numberToWords(second)}`
      const hyphened = whole.includes(`-${unit}`)
      const [one, more] = UNITS[unit]
      const name = hyphened || (first === '1' && second === undefined) ? one : more
      return `${quantity} ${power === undefined ? '' : POWERS[power]}${name}`
    },
  ),
  rule(new RegExp(`(?!0x)(${NUMBER}) ?[x×] ?(?=\\d)`), ([, first]) => `${numberToWords(first)} by`),
]
