/**
 * Owns: the request `digits`: each digit of a unit taken through its levels while the others stay, and what comes out of
 * the decoder when such a unit is held.
 */
import { chooseVoice } from '../../gpu/ladder/voice'
import type { Unit } from '../../speech/3-units/vocabulary'
import { controlsToFigures, type ControlFigures } from '../../speech/takes/control-figures'
import { digitsToUnit, unitToDigits } from '../../speech/4-wave/fsq'
import { ConvergeError } from '../../speech/errors'
import type { DigitsRequest } from '../protocol'
import type { TaskContext } from './context'

/** Long enough that its middle no longer depends on where it began. */
const HELD_FRAMES = 12

export async function runDigits({ ladder, post, pause }: TaskContext, { id, unit, voice }: DigitsRequest) {
  const { codes, fsqLevels } = ladder.manifest
  if (!(Number.isInteger(unit) && unit >= 0 && unit < codes)) {
    const message = `Units are whole numbers from 0 to ${codes - 1}; found ${unit}.`
    throw new ConvergeError('option-invalid', message, { option: 'unit', wanted: codes - 1, found: unit })
  }
  const vector = chooseVoice(ladder, voice)
  const known = new Map<Unit, ControlFigures>()
  const digits = unitToDigits(unit, fsqLevels)
  const told: ControlFigures[][] = []
  for (const [digit, levels] of fsqLevels.entries()) {
    const row: ControlFigures[] = []
    for (let level = 0; level < levels; level++) {
      const changed = digitsToUnit(digits.with(digit, level), fsqLevels)
      const figures = known.get(changed) ?? (await measureHeld(changed))
      known.set(changed, figures)
      row.push(figures)
      await pause()
    }
    told.push(row)
  }
  post({ type: 'digits-told', id, digits: told })

  async function measureHeld(held: Unit): Promise<ControlFigures> {
    const units = Array.from({ length: HELD_FRAMES }, () => held)
    const controls = await ladder.networks.unitsToControls(units, vector)
    const quarter = controls.length / 4
    return controlsToFigures(controls.subarray(quarter, 3 * quarter), ladder.manifest)
  }
}
