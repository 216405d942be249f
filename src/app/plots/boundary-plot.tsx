/** Owns: where every phone of many takes begins: a row each, the words' beginnings joined from row to row. */
import { memo } from 'react'
import { useThemeColors } from '../desk/use-theme-colors'
import type { TakeId } from '../../speech/takes/tree'
import type { KeptTake } from '../stores/takes-state'
import { takeToTitle } from '../words/take-words'
import { linearScale, roundTicks } from './scale'
import { temperatureToColor } from './temperature-color'

const ROW = 16
const LEFT = 96
const TOP = 18
const BOTTOM = 22
const RIGHT = 16
const TICK_PX = 90
/** Of a letter of a word, about. */
const LETTER_PX = 6
const MAX_ROWS = 64

export interface BoundaryPlotProps {
  readonly widthPx: number
  readonly takes: readonly KeptTake[]
  readonly solo: TakeId | null
  readonly label: string
}

export const BoundaryPlot = memo(function BoundaryPlot(props: BoundaryPlotProps) {
  const { widthPx, takes: all, solo, label } = props
  const { muted, ink, line, isDark } = useThemeColors()
  const takes = all.slice(0, MAX_ROWS)
  const height = TOP + takes.length * ROW + BOTTOM
  const end = Math.max(...takes.map(({ timeline }) => timeline.seconds))
  const x = linearScale(0, end, LEFT, widthPx - RIGHT)
  const words = takes[0]?.timeline.words ?? []
  let freePx = 0
  const hasRoom = words.map(({ word, startSeconds }) => {
    const isFree = x(startSeconds) >= freePx
    if (isFree) freePx = x(startSeconds) + (word.length + 1) * LETTER_PX
    return isFree
  })
  const wordPath = (word: number) =>
    takes
      .flatMap(({ timeline }, row) => {
        const px = x(timeline.words[word]?.startSeconds ?? 0).toFixed(1)
        return [`${px} ${TOP + row * ROW}`, `${px} ${TOP + (row + 1) * ROW - 4}`]
      })
      .join('L')
  return (
    <svg viewBox={`0 0 ${widthPx} ${height}`} role="img" aria-label={label} fontSize={10}>
      {words.map(({ word, startSeconds }, i) => (
        <g key={i}>
          <path d={`M${wordPath(i)}`} fill="none" stroke={line} strokeWidth={1} />
          {hasRoom[i] && (
            <text x={x(startSeconds)} y={TOP - 6} fill={muted}>
              {word}
            </text>
          )}
        </g>
      ))}
      {takes.map((take, row) => {
        const { id, timeline, data } = take
        const top = TOP + row * ROW
        const ticks = timeline.phones
          .map(({ endSeconds }) => `M${x(endSeconds).toFixed(1)} ${top}V${top + ROW - 4}`)
          .join('')
        return (
          <g key={id} opacity={solo !== null && solo !== id ? 0.2 : 1}>
            <text x={LEFT - 6} y={top + ROW - 5} fill={ink} textAnchor="end">
              {takeToTitle(take)}
            </text>
            <path
              d={ticks}
              stroke={temperatureToColor(data.sampling.temperature, isDark)}
              strokeWidth={1.25}
            />
          </g>
        )
      })}
      {roundTicks(0, end, widthPx / TICK_PX).map((at) => (
        <text key={at} x={x(at)} y={height - 6} fill={muted} textAnchor="middle" fontSize={11}>
          {at} s
        </text>
      ))}
    </svg>
  )
})
