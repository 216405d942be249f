/** Owns: what a unit's digits do, as spectra: a panel for each digit, in it a line for each of its levels. */
import { memo } from 'react'
import { HTK } from '../../speech/4-wave/mel-filters'
import { useThemeColors } from '../desk/use-theme-colors'
import type { DigitFigures } from '../../workers/protocol'
import { digitToText } from '../words/digit-words'
import { linearScale, pointsToPath } from './scale'
import { heatToColor } from './temperature-color'

const PANEL = 78
const GAP = 8
const TITLE = 14
const LEFT = 2
const RIGHT = 2
const TOP = 16
const BOTTOM = 18
/** From the loudest point down: what is lower is not heard beside it. */
const RANGE_DB = 66
const TICKS_HZ = [250, 1000, 4000, 10_000]

export interface DigitsPlotProps {
  readonly widthPx: number
  readonly digits: DigitFigures
  /** The unit's own level of each digit. */
  readonly own: readonly number[]
  readonly sampleRateHz: number
  readonly label: string
}

/** From blue, the lowest level, to red. */
const levelToColor = (level: number, levels: number, isDark: boolean): string =>
  heatToColor(levels > 1 ? level / (levels - 1) : 0, isDark)

export const DigitsPlot = memo(function DigitsPlot(props: DigitsPlotProps) {
  const { widthPx, digits, own, sampleRateHz, label } = props
  const { muted, ink, line, isDark } = useThemeColors()
  const height = TOP + digits.length * (PANEL + GAP) + BOTTOM
  const loudest = Math.max(...digits.flat().flatMap(({ spectrumDb }) => spectrumDb))
  const bands = digits[0]?.[0]?.spectrumDb.length ?? 0
  const x = linearScale(0, bands - 1, LEFT, widthPx - RIGHT)
  const topMel = HTK.hzToMel(sampleRateHz / 2)
  const hzToX = (hz: number) => x((HTK.hzToMel(hz) / topMel) * (bands - 1))
  const bottom = height - BOTTOM
  return (
    <svg viewBox={`0 0 ${widthPx} ${height}`} role="img" aria-label={label} fontSize={11}>
      <text x={LEFT} y={11} fill={muted}>
        level
      </text>
      {digits[0]?.map((_, level) => (
        <g key={level} transform={`translate(${LEFT + 40 + level * 34})`}>
          <line
            x2={14}
            y1={7}
            y2={7}
            stroke={levelToColor(level, digits[0].length, isDark)}
            strokeWidth={3}
          />
          <text x={18} y={11} fill={ink}>
            {level}
          </text>
        </g>
      ))}
      {TICKS_HZ.filter((hz) => hz < sampleRateHz / 2).map((hz) => (
        <g key={hz}>
          <line x1={hzToX(hz)} x2={hzToX(hz)} y1={TOP} y2={bottom} stroke={line} />
          <text x={hzToX(hz)} y={height - 4} fill={muted} textAnchor="middle">
            {hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`}
          </text>
        </g>
      ))}
      {digits.map((levels, digit) => {
        const top = TOP + digit * (PANEL + GAP)
        const y = linearScale(loudest - RANGE_DB, loudest, top + PANEL, top + TITLE)
        return (
          <g key={digit}>
            <text x={LEFT} y={top + 11} fill={muted}>
              <tspan fill={ink} fontWeight={600}>
                Digit {digit + 1}
              </tspan>{' '}
              {digitToText(levels)}
            </text>
            {levels.map(({ spectrumDb }, level) => (
              <path
                key={level}
                d={pointsToPath(
                  spectrumDb.map((db, band) => [x(band), y(Math.max(db, loudest - RANGE_DB))] as const),
                )}
                fill="none"
                stroke={levelToColor(level, levels.length, isDark)}
                strokeWidth={level === own[digit] ? 2.75 : 1.25}
                strokeLinejoin="round"
              />
            ))}
            <line x1={0} x2={widthPx} y1={top + PANEL} y2={top + PANEL} stroke={line} />
          </g>
        )
      })}
    </svg>
  )
})
