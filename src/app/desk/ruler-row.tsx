/** Owns: the axis's scale in seconds. */
import { memo, useEffect, useRef } from 'react'
import { formatClock } from '../words/format'
import { secondsToPx, tickSeconds, viewEndSeconds, viewStartSeconds, type AxisView } from './axis'
import { prepareCanvas } from './canvas'
import { usePixelRatio } from './use-pixel-ratio'
import { useThemeColors } from './use-theme-colors'

const HEIGHT_PX = 22
const LABEL_MIN_PX = 64

function tickToText(seconds: number, step: number): string {
  if (step >= 1 && seconds >= 60) return formatClock(seconds)
  return `${seconds.toFixed(step < 0.1 ? 2 : step < 1 ? 1 : 0)} s`
}

export const RulerRow = memo(function RulerRow({ view }: { readonly view: AxisView }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixelRatio = usePixelRatio()
  const { muted, line } = useThemeColors()
  useEffect(() => {
    const draw = canvas.current && prepareCanvas(canvas.current, view.widthPx, HEIGHT_PX, pixelRatio)
    if (!draw) return
    const step = tickSeconds(view.pxPerSecond, LABEL_MIN_PX)
    draw.font = '11px "Noto Sans Variable", sans-serif'
    draw.fillStyle = muted
    draw.strokeStyle = line
    draw.beginPath()
    const last = Math.ceil(viewEndSeconds(view) / step)
    for (let tick = Math.floor(viewStartSeconds(view) / step); tick <= last; tick += 1) {
      const x = Math.round(secondsToPx(view, tick * step)) + 0.5
      draw.moveTo(x, HEIGHT_PX - 6)
      draw.lineTo(x, HEIGHT_PX)
      draw.fillText(tickToText(tick * step, step), x + 4, HEIGHT_PX - 7)
    }
    draw.stroke()
  }, [view, muted, line, pixelRatio])
  return <canvas ref={canvas} className="desk-canvas" style={{ height: HEIGHT_PX }} aria-hidden="true" />
})
