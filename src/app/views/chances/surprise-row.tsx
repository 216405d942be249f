/** Owns: entropy as a line and surprise as bars, on the desk's axis; a click goes to the step. */
import { memo, type MouseEvent } from 'react'
import { pxToSeconds, secondsToPx, type AxisView } from '../../desk/axis'
import { useThemeColors } from '../../desk/use-theme-colors'
import { linearScale, pointsToPath } from '../../plots/scale'
import type { SeenStep } from '../../stores/seen-steps'
import { unitToSeconds, type UnitClock } from '../../stores/timeline'

const HEIGHT = 96
const TOP = 14

export interface SurpriseRowProps {
  readonly steps: readonly SeenStep[]
  readonly step: number
  readonly clock: UnitClock
  readonly view: AxisView
  readonly label: string
  readonly onPick: (step: number) => void
}

/** A unit's step stands in the middle of its frame, a phone's between two frames. */
export function stepToSeconds(steps: readonly SeenStep[], step: number, clock: UnitClock): number {
  const { frame } = steps[step]
  const isUnit = steps[step + 1] !== undefined && steps[step + 1].frame > frame
  return unitToSeconds(clock, frame + (isUnit ? 0.5 : 0))
}

export const SurpriseRow = memo(function SurpriseRow(props: SurpriseRowProps) {
  const { steps, step, clock, view, label, onPick } = props
  const { accent, wave, ink, muted, line } = useThemeColors()
  if (view.widthPx === 0 || steps.length === 0) return null
  const seconds = steps.map((_, i) => stepToSeconds(steps, i, clock))
  const most = steps.reduce((high, each) => Math.max(high, each.entropyNats, each.surpriseNats), 1)
  const y = linearScale(0, most, HEIGHT - 1, TOP)
  const x = (i: number) => secondsToPx(view, seconds[i])
  const bars = steps
    .map(({ surpriseNats }, i) => `M${x(i).toFixed(1)} ${HEIGHT - 1}V${y(surpriseNats).toFixed(1)}`)
    .join('')
  const onClick = (event: MouseEvent) => {
    const at = pxToSeconds(view, event.clientX - event.currentTarget.getBoundingClientRect().left)
    const gaps = seconds.map((each) => Math.abs(each - at))
    onPick(gaps.indexOf(Math.min(...gaps)))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the step slider does the same by keyboard
    <svg
      className="surprise"
      viewBox={`0 0 ${view.widthPx} ${HEIGHT}`}
      height={HEIGHT}
      role="img"
      aria-label={label}
      fontSize={11}
      onClick={onClick}
    >
      <line x1={0} x2={view.widthPx} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke={line} />
      <path d={bars} stroke={wave} strokeWidth={3} />
      <path
        d={pointsToPath(steps.map(({ entropyNats }, i) => [x(i), y(entropyNats)]))}
        fill="none"
        stroke={accent}
        strokeWidth={1.75}
      />
      {steps[step] && (
        <line x1={x(step)} x2={x(step)} y1={0} y2={HEIGHT} stroke={ink} strokeDasharray="3 2" />
      )}
      <text x={4} y={10} fill={muted}>
        line: entropy, bars: surprise; top {most.toFixed(1)} nats
      </text>
    </svg>
  )
})
