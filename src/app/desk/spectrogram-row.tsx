/**
 * Owns: the spectrogram row. Drawn by us on the shared axis rather than by wavesurfer's plugin, which would run its FFT
 * on the page's thread or in a blob worker that the policy forbids. The picture worker makes tiles of fixed width; the
 * last ones stay, stretched, until sharper ones arrive.
 */
import { memo, useEffect, useRef, useState } from 'react'
import type { SoundId } from '../../workers/spectrogram'
import { useServices } from '../services-context'
import { secondsToPx, viewEndSeconds, viewStartSeconds, type AxisView } from './axis'
import { prepareCanvas } from './canvas'
import { FrequencyLabels } from './frequency-labels'
import { createTileCache, type Tile } from './tile-cache'
import { usePixelRatio } from './use-pixel-ratio'

const HEIGHT_PX = 150

export const SpectrogramRow = memo(function SpectrogramRow({
  soundId,
  view,
}: {
  readonly soundId: SoundId
  readonly view: AxisView
}) {
  const { shelf } = useServices()
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixelRatio = usePixelRatio()
  const topHz = shelf.picture(soundId)?.topHz ?? 0
  const [tiles, setTiles] = useState<readonly Tile[]>([])
  const cache = useRef<ReturnType<typeof createTileCache> | null>(null)

  useEffect(() => {
    const made = createTileCache((request) => shelf.tile(soundId, request), setTiles)
    cache.current = made
    return () => {
      made.dispose()
      cache.current = null
    }
  }, [shelf, soundId])

  useEffect(() => {
    if (view.widthPx === 0) return
    const endSeconds = Math.min(view.seconds, viewEndSeconds(view))
    cache.current?.want(viewStartSeconds(view), endSeconds, 1 / view.pxPerSecond)
  }, [view, soundId])

  useEffect(() => {
    const draw = canvas.current && prepareCanvas(canvas.current, view.widthPx, HEIGHT_PX, pixelRatio)
    if (!draw) return
    draw.imageSmoothingEnabled = true
    for (const { image, startSeconds, endSeconds } of tiles) {
      const left = secondsToPx(view, startSeconds)
      const right = secondsToPx(view, endSeconds)
      if (right < 0 || left > view.widthPx) continue
      draw.drawImage(image, left, 0, right - left, HEIGHT_PX)
    }
  }, [view, tiles, pixelRatio])

  return (
    <div className="desk-spectrogram">
      <canvas ref={canvas} className="desk-canvas" style={{ height: HEIGHT_PX }} aria-hidden="true" />
      <FrequencyLabels topHz={topHz} />
    </div>
  )
})
