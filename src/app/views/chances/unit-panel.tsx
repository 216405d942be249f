/** Owns: one unit: what it sounds like when it is held, and what each of its digits does, level by level. */
import { Button } from 'react-aria-components'
import { unitToDigits } from '../../../speech/4-wave/fsq'
import type { Unit } from '../../../speech/3-units/vocabulary'
import type { VoiceChoice } from '../../../workers/protocol'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useAttempt } from '../../components/use-attempt'
import { unitToColor } from '../../desk/unit-color'
import { useThemeColors } from '../../desk/use-theme-colors'
import { DigitsPlot } from '../../plots/digits-plot'
import { PlotFrame } from '../../plots/plot-frame'
import { useEngine, useServices } from '../../services-context'
import { DIGITS_HEADER, digitsToRows, digitsToSentence } from '../../words/digit-words'
import './unit-panel.css'
import { useDigits } from './use-digits'

const NO_LEVELS: readonly number[] = []

interface UnitPanelProps {
  readonly unit: Unit
  readonly voice: VoiceChoice
}

export function UnitPanel({ unit, voice }: UnitPanelProps) {
  const { attempt, error } = useAttempt()
  const { unitSounds } = useServices()
  const levels = useEngine((state) => state.catalogue?.fsqLevels ?? NO_LEVELS)
  const { isDark } = useThemeColors()
  const digits = unitToDigits(unit, levels)
  return (
    <section className="unit" aria-label={`Unit ${unit} and its digits`}>
      <div className="unit-head">
        <span className="unit-swatch" style={{ background: unitToColor(unit, levels, isDark) }} />
        <Button
          className="button button-quiet"
          onPress={() => attempt(() => unitSounds.playHeld(unit, voice))}
        >
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
                  onPress={() => attempt(() => unitSounds.playDigit(unit, d, levels, voice))}
                >
                  <Icon name="play" /> 0 to {levels[d] - 1}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ErrorNote error={error} />
      <DigitsFigure unit={unit} voice={voice} own={digits} levels={levels} />
    </section>
  )
}

interface DigitsFigureProps {
  readonly unit: Unit
  readonly voice: VoiceChoice
  readonly own: readonly number[]
  readonly levels: readonly number[]
}

function DigitsFigure({ unit, voice, own, levels }: DigitsFigureProps) {
  const { digits, error } = useDigits(unit, voice)
  const sampleRateHz = useEngine((state) => state.catalogue?.sampleRateHz)
  if (error) return <ErrorNote error={error} />
  if (!digits || sampleRateHz === undefined)
    return <p className="hint unit-waiting">Measuring its digits …</p>
  const sentence = digitsToSentence(digits)
  return (
    <PlotFrame
      title={`What the digits of unit ${unit} do`}
      sentence={sentence}
      header={DIGITS_HEADER}
      toRows={() => digitsToRows(digits, unit, levels)}
      fileName={`digits-of-unit-${unit}`}
    >
      {(widthPx) => (
        <DigitsPlot
          widthPx={widthPx}
          digits={digits}
          own={own}
          sampleRateHz={sampleRateHz}
          label={sentence}
        />
      )}
    </PlotFrame>
  )
}
