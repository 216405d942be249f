/**
 * Owns: what the digits of a unit do: each is taken through its levels while the others stay, and what the decoder makes of
 * such a unit, held, is measured.
 */
import type { Unit } from '../../speech/3-units/vocabulary'
import { digitsToUnit, unitToDigits } from '../../speech/4-wave/fsq'
import { ConvergeError } from '../../speech/errors'
import { controlsToFigures, type ControlFigures } from '../../speech/takes/control-figures'
import type { Ladder } from './load'

/** Of the unit with one digit at one level: (digit, level). */
export type DigitFigures = readonly (readonly ControlFigures[])[]

/** Long enough that its middle no longer depends on where it began. */
const HELD_FRAMES = 12

/**
 * Yields how many levels are measured; to stop, stop iterating.
 * @throws ConvergeError `option-invalid` for a unit that is none
 */
export async function* measureDigits(
  { manifest, networks }: Pick<Ladder, 'manifest' | 'networks'>,
  unit: Unit,
  voice: Float32Array,
): AsyncGenerator<number, DigitFigures> {
  const { codes, fsqLevels } = manifest
  if (!(Number.isInteger(unit) && unit >= 0 && unit < codes)) {
    const message = `Units are whole numbers from 0 to ${codes - 1}; found ${unit}.`
    throw new ConvergeError('option-invalid', message, { option: 'unit', wanted: codes - 1, found: unit })
  }
  const known = new Map<Unit, ControlFigures>()
  const digits = unitToDigits(unit, fsqLevels)
  const measured: ControlFigures[][] = []
  for (const [digit, levels] of fsqLevels.entries()) {
    const row: ControlFigures[] = []
    measured.push(row)
    for (let level = 0; level < levels; level++) {
      const changed = digitsToUnit(digits.with(digit, level), fsqLevels)
      const figures = known.get(changed) ?? (await measureHeld(changed))
      known.set(changed, figures)
      row.push(figures)
      yield measured.flat().length
    }
  }
  return measured

  async function measureHeld(held: Unit): Promise<ControlFigures> {
    const units = Array.from({ length: HELD_FRAMES }, () => held)
    const controls = await networks.unitsToControls(units, voice)
    const quarter = controls.length / 4
    return controlsToFigures(controls.subarray(quarter, 3 * quarter), manifest)
  }
}
