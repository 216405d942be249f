/**
 * Owns: whether a unit's digits have a meaning of their own: for 49 units in two voices, which digit moves loudness,
 * brightness and pitch most, when the others stay. Prints a table that lesson 1 quotes:
 *
 *     npx tsx bench/digits.ts
 */
import { measureDigits } from '../src/gpu/ladder/digits'
import { chooseVoice } from '../src/gpu/ladder/voice'
import { openTestLadder } from '../src/gpu/testing/disk-ladder'
import { finish } from '../src/gpu/ladder/finish'
import type { ControlFigures } from '../src/speech/takes/control-figures'
import { printTable } from './print'

const VOICES = ['af_heart', 'am_michael']
const FIRST_UNIT = 3
const UNIT_STEP = 21

/** By what two levels are told apart: equal steps are heard as equal. */
const ASPECTS: Readonly<Record<string, (figures: ControlFigures) => number | undefined>> = {
  loudness: ({ levelDb }) => levelDb,
  brightness: ({ brightnessHz }) => Math.log(brightnessHz),
  pitch: ({ pitchHz }) => pitchHz && Math.log(pitchHz),
}

function spanOf(levels: readonly ControlFigures[], toValue: (figures: ControlFigures) => number | undefined) {
  const values = levels.flatMap((figures) => toValue(figures) ?? [])
  return values.length > 0 ? Math.max(...values) - Math.min(...values) : 0
}

const ladder = await openTestLadder('int8')
const { codes, fsqLevels } = ladder.manifest
const wins = new Map(Object.keys(ASPECTS).map((name) => [name, fsqLevels.map(() => 0)]))
let units = 0
for (const name of VOICES) {
  const voice = chooseVoice(ladder, { name })
  for (let unit = FIRST_UNIT; unit < codes; unit += UNIT_STEP) {
    const digits = await finish(measureDigits(ladder, unit, voice))
    units += 1
    for (const [aspect, toValue] of Object.entries(ASPECTS)) {
      const spans = digits.map((levels) => spanOf(levels, toValue))
      const counts = wins.get(aspect)
      if (counts) counts[spans.indexOf(Math.max(...spans))] += 1
    }
  }
}
await ladder.dispose()
console.log(`Of ${units} units, how often a digit moves it most:\n`)
printTable(
  ['', ...fsqLevels.map((_, digit) => `digit ${digit + 1}`)],
  [...wins].map(([aspect, counts]) => [aspect, ...counts.map(String)]),
)
