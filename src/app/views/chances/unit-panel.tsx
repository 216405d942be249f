/** Owns: one unit: what it sounds like when it is held, and what each of its digits does, level by level. */
import { Button } from 'react-aria-components'
import { unitToDigits } from '../../../speech/4-wave/fsq'
import type { Unit } from '../../../speech/3-units/vocabulary'
import type { VoiceChoice } from '../../../workers/protocol'
import { Icon } from '../../components/icon'
import { unitToColor } from '../../desk/unit-color'
import { useThemeColors } from '../../desk/use-theme-colors'
import { useEngine, useServices } from '../../services-context'

const NO_LEVELS: readonly number[] = []

interface UnitPanelProps {
  readonly unit: Unit
  readonly voice: VoiceChoice
  readonly onHear: (playing: Promise<void>) => void
}

export function UnitPanel({ unit, voice, onHear }: UnitPanelProps) {
  const { unitSounds } = useServices()
  const levels = useEngine((state) => state.catalogue?.fsqLevels ?? NO_LEVELS)
  const { isDark } = useThemeColors()
  const digits = unitToDigits(unit, levels)
  return (
    <div className="unit">
      <div className="unit-head">
        <span className="unit-swatch" style={{ background: unitToColor(unit, levels, isDark) }} />
        <Button className="button button-quiet" onPress={() => onHear(unitSounds.playHeld(unit, voice))}>
          <Icon name="play" /> Hear unit {unit} held
        </Button>
      </div>
      <table className="unit-digits">
        <caption className="hint">
          A unit is {levels.length} digits at once. Hear what each does: it goes through its levels while the
          others stay.
        </caption>
        <tbody>
          {digits.map((digit, d) => (
            <tr key={d}>
              <th scope="row">Digit {d + 1}</th>
              <td>
                <span className="unit-levels" aria-hidden="true">
                  {Array.from({ length: levels[d] }, (_, level) => (
                    <span
                      key={level}
                      className={level === digit ? 'unit-level unit-level-on' : 'unit-level'}
                    />
                  ))}
                </span>
                <span className="visually-hidden">
                  level {digit} of 0 to {levels[d] - 1}
                </span>
              </td>
              <td>
                <Button
                  className="button button-quiet"
                  aria-label={`Hear digit ${d + 1} go through its levels`}
                  onPress={() => onHear(unitSounds.playDigit(unit, d, levels, voice))}
                >
                  <Icon name="play" /> 0 to {levels[d] - 1}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
