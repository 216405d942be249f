/** Owns: the units row: a coloured cell every frame, its integer inside where there is room and in a tip where not. */
import { memo, useEffect, useRef, useState } from 'react'
import { useEngine } from '../services-context'
import { secondsToUnit, unitToSeconds, type Timeline } from '../stores/timeline'
import { formatCount } from '../words/format'
import { pxToSeconds, secondsToPx, viewEndSeconds, viewStartSeconds, type AxisView } from './axis'
import { prepareCanvas } from './canvas'
import { unitToColor } from './unit-color'
import { usePixelRatio } from './use-pixel-ratio'
import { useThemeColors } from './use-theme-colors'

const HEIGHT_PX = 30
const NUMBER_MIN_PX = 28
const MAX_CELLS = 4000
const NO_LEVELS: readonly number[] = []

interface UnitsRowProps {
  readonly timeline: Timeline
  readonly view: AxisView
}

export const UnitsRow = memo(function UnitsRow({ timeline, view }: UnitsRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixelRatio = usePixelRatio()
  const colors = useThemeColors()
  const fsqLevels = useEngine((state) => state.catalogue?.fsqLevels ?? NO_LEVELS)
  const [tip, setTip] = useState<{ readonly px: number; readonly index: number } | null>(null)
  const { units, unitSeconds, unitsStartSeconds } = timeline

  useEffect(() => {
    const draw = canvas.current && prepareCanvas(canvas.current, view.widthPx, HEIGHT_PX, pixelRatio)
    if (!draw) return
    const clock = { unitSeconds, unitsStartSeconds }
    const cellPx = unitSeconds * view.pxPerSecond
    const first = Math.max(0, secondsToUnit(clock, viewStartSeconds(view)))
    const end = Math.min(units.length, secondsToUnit(clock, viewEndSeconds(view)) + 1)
    const stride = Math.max(1, Math.ceil((end - first) / MAX_CELLS))
    const gapPx = cellPx > 6 ? 1 : 0
    draw.font = '11px "Noto Sans Variable", sans-serif'
    draw.textAlign = 'center'
    draw.textBaseline = 'middle'
    for (let i = first; i < end; i += stride) {
      const x = secondsToPx(view, unitToSeconds(clock, i))
      draw.fillStyle = unitToColor(units[i], fsqLevels, colors.isDark)
      draw.fillRect(x, 0, Math.max(1, cellPx * stride - gapPx), HEIGHT_PX)
      if (cellPx >= NUMBER_MIN_PX) {
        draw.fillStyle = colors.ink
        draw.fillText(String(units[i]), x + cellPx / 2, HEIGHT_PX / 2)
      }
    }
  }, [view, units, unitSeconds, unitsStartSeconds, fsqLevels, colors, pixelRatio])

  const tipUnit = tip ? units[tip.index] : undefined
  return (
    <figure
      className="desk-units"
      aria-label={`${formatCount(units.length, 'unit')}, one every ${Math.round(unitSeconds * 1000)} ms. The playhead reads out the one it stands on.`}
      onPointerMove={(event) => {
        const px = event.clientX - event.currentTarget.getBoundingClientRect().left
        setTip({ px, index: secondsToUnit(timeline, pxToSeconds(view, px)) })
      }}
      onPointerLeave={() => setTip(null)}
    >
      <canvas ref={canvas} className="desk-canvas" style={{ height: HEIGHT_PX }} />
      {tip && tipUnit !== undefined && (
        <span className="desk-tip" style={{ left: Math.min(tip.px, view.widthPx - 60) }}>
          {tipUnit}
        </span>
      )}
    </figure>
  )
})
