/** Owns: the pitch of many takes in one plot, over seconds or over the phones: the spread is what there is to see. */
import { memo } from 'react'
import { useThemeColors } from '../desk/use-theme-colors'
import { takesToCurves, type CurveAxis } from '../../speech/takes/curves'
import type { TakeId } from '../../speech/takes/tree'
import type { KeptTake } from '../stores/takes-state'
import { linearScale, logScale, pointsToPath, roundTicks } from './scale'
import { temperatureToColor } from './temperature-color'

const HEIGHT = 240
const LEFT = 44
const BOTTOM = 24
const TOP = 8
const RIGHT = 16
const TICK_PX = 90
/** Where a voice may lie; a plot of its own range would make every voice look alike. */
const PAD_SEMITONES = 2

export interface CurvePlotProps {
  readonly widthPx: number
  readonly takes: readonly KeptTake[]
  readonly axis: CurveAxis
  readonly solo: TakeId | null
  readonly label: string
}

export function curveSources(takes: readonly KeptTake[]) {
  return takes.map(({ data, plan, hz }) => ({
    phones: plan.phones,
    durationsFrames: data.durationsFrames,
    hz,
  }))
}

export const CurvePlot = memo(function CurvePlot(props: CurvePlotProps) {
  const { widthPx, takes, axis, solo, label } = props
  const { muted, line, isDark } = useThemeColors()
  const unitSeconds = takes[0]?.timeline.unitSeconds ?? 1
  const curves = takesToCurves(curveSources(takes), axis, 1 / unitSeconds)
  const voiced = curves.flatMap(({ hz }) => hz.filter((value) => value !== null))
  if (voiced.length === 0) return null
  const pad = 2 ** (PAD_SEMITONES / 12)
  const low = voiced.reduce((least, hz) => Math.min(least, hz), Infinity) / pad
  const high = voiced.reduce((most, hz) => Math.max(most, hz), 0) * pad
  const end = Math.max(...curves.map(({ boundaries }) => boundaries.at(-1)?.end ?? 0))
  const x = linearScale(0, end, LEFT, widthPx - RIGHT)
  const y = logScale(low, high, HEIGHT - BOTTOM, TOP)
  return (
    <svg viewBox={`0 0 ${widthPx} ${HEIGHT}`} role="img" aria-label={label} fontSize={11}>
      {roundTicks(low, high, 6).map((hz) => (
        <g key={hz}>
          <line x1={LEFT} x2={widthPx} y1={y(hz)} y2={y(hz)} stroke={line} />
          <text x={LEFT - 6} y={y(hz) + 4} fill={muted} textAnchor="end">
            {hz} Hz
          </text>
        </g>
      ))}
      {roundTicks(0, end, widthPx / TICK_PX).map((at) => (
        <text key={at} x={x(at)} y={HEIGHT - 6} fill={muted} textAnchor="middle">
          {axis === 'seconds' ? `${at} s` : at}
        </text>
      ))}
      {curves.map(({ at, hz }, i) => {
        const { id, data } = takes[i]
        const isFaint = solo !== null && solo !== id
        return (
          <path
            key={id}
            d={pointsToPath(hz.map((value, point) => [x(at[point]), value === null ? null : y(value)]))}
            fill="none"
            stroke={temperatureToColor(data.sampling.temperature, isDark)}
            strokeWidth={solo === id ? 2.5 : 1.5}
            opacity={isFaint ? 0.12 : 0.75}
          />
        )
      })}
    </svg>
  )
})
