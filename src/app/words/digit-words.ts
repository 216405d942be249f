/** Owns: what a unit's digits do, in a sentence and in rows of a table. */
import { digitsToUnit, unitToDigits } from '../../speech/4-wave/fsq'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { ControlFigures } from '../../speech/takes/control-figures'
import type { DigitFigures } from '../../workers/protocol'
import { formatNumber } from './take-words'

type Levels = readonly ControlFigures[]

interface Aspect {
  readonly name: string
  readonly toValue: (figures: ControlFigures) => number | undefined
  readonly toText: (value: number) => string
  /** By what two levels are told apart: equal steps are heard as equal. */
  readonly toHeard: (value: number) => number
}

const toDb = (value: number): string => `${formatNumber(value, 0)} dB`
const toKilohertz = (value: number): string => `${(value / 1000).toFixed(1)} kHz`
const toHertz = (value: number): string => `${value.toFixed(0)} Hz`

const LOUDNESS: Aspect = {
  name: 'loudness',
  toValue: ({ levelDb }) => levelDb,
  toText: toDb,
  toHeard: (value) => value,
}
const BRIGHTNESS: Aspect = {
  name: 'brightness',
  toValue: ({ brightnessHz }) => brightnessHz,
  toText: toKilohertz,
  toHeard: Math.log,
}
const PITCH: Aspect = {
  name: 'pitch',
  toValue: ({ pitchHz }) => pitchHz,
  toText: toHertz,
  toHeard: Math.log,
}

function rangeOf(levels: Levels, { toValue }: Aspect): readonly [low: number, high: number] | undefined {
  const values = levels.flatMap((figures) => toValue(figures) ?? [])
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : undefined
}

function rangeToText(levels: Levels, aspect: Aspect): string {
  const [low, high] = rangeOf(levels, aspect) ?? [0, 0]
  return `${aspect.toText(low)} to ${aspect.toText(high)}`
}

/** As short as a label: `−41 dB to −22 dB, 0.6 kHz to 2.4 kHz, 190 Hz to 230 Hz`; pitch only where all levels have one. */
export function digitToText(levels: Levels): string {
  const isVoiced = levels.every(({ pitchHz }) => pitchHz !== undefined)
  const isSilent = levels.every(({ pitchHz }) => pitchHz === undefined)
  const pitch = isVoiced ? rangeToText(levels, PITCH) : isSilent ? 'no voice' : 'partly voiced'
  return `${rangeToText(levels, LOUDNESS)}, ${rangeToText(levels, BRIGHTNESS)}, ${pitch}`
}

/** Which digit moves what most, when this unit is held. */
export function digitsToSentence(digits: DigitFigures): string {
  const parts = [LOUDNESS, BRIGHTNESS, PITCH].flatMap((aspect) => {
    const widths = digits.map((levels) => {
      const range = rangeOf(levels, aspect)
      return range ? aspect.toHeard(range[1]) - aspect.toHeard(range[0]) : 0
    })
    const most = widths.indexOf(Math.max(...widths))
    if (!(widths[most] > 0)) return []
    return [`digit ${most + 1} moves the ${aspect.name} most (${rangeToText(digits[most], aspect)})`]
  })
  return `Held in this voice: ${parts.join(', ')}. A line for each level, the unit’s own is thick.`
}

export const DIGITS_HEADER = [
  'Digit',
  'Level',
  'Unit',
  'Loudness (dB)',
  'Brightness (Hz)',
  'Pitch (Hz)',
  'Noise (%)',
]

export function digitsToRows(digits: DigitFigures, unit: Unit, levels: readonly number[]) {
  const own = unitToDigits(unit, levels)
  return digits.flatMap((row, digit) =>
    row.map(({ levelDb, brightnessHz, pitchHz, noiseShare }, level) => [
      digit + 1,
      level === own[digit] ? `${level} (this unit)` : String(level),
      digitsToUnit(own.with(digit, level), levels),
      levelDb.toFixed(1),
      brightnessHz.toFixed(0),
      pitchHz?.toFixed(0),
      (100 * noiseShare).toFixed(1),
    ]),
  )
}
