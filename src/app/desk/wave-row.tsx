/** Owns: the waveform row: wavesurfer kept at the axis's scale, scroll position and playhead. */
import { memo, useEffect, useRef } from 'react'
import type WaveSurfer from 'wavesurfer.js'
import type { SoundId } from '../../workers/spectrogram'
import { useServices } from '../services-context'
import type { AxisView } from './axis'
import { createQuietWavesurfer, scaleWavesurfer } from './quiet-wavesurfer'
import { usePixelRatio } from './use-pixel-ratio'
import { useThemeColors } from './use-theme-colors'
import { usePlayhead } from './use-playhead'

const HEIGHT_PX = 96

export const WaveRow = memo(function WaveRow({
  soundId,
  view,
}: {
  readonly soundId: SoundId
  readonly view: AxisView
}) {
  const { shelf } = useServices()
  const parent = useRef<HTMLDivElement>(null)
  const wave = useRef<WaveSurfer | null>(null)
  const { wave: waveColor, accent: progressColor } = useThemeColors()
  const pixelRatio = usePixelRatio()
  const { pxPerSecond, scrollPx, widthPx } = view

  useEffect(() => {
    const picture = shelf.picture(soundId)
    if (!parent.current || !picture) return undefined
    const made = createQuietWavesurfer(parent.current, picture, { waveColor, progressColor }, HEIGHT_PX)
    wave.current = made
    return () => {
      wave.current = null
      made.destroy()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- colours are changed in place below
  }, [shelf, soundId])

  useEffect(() => {
    const made = wave.current
    const picture = shelf.picture(soundId)
    if (!made || !picture || widthPx === 0) return undefined
    const apply = () => {
      scaleWavesurfer(made, picture, pxPerSecond)
      made.setScroll(scrollPx)
    }
    if (made.getDecodedData()) apply()
    return made.on('ready', apply)
  }, [shelf, pxPerSecond, scrollPx, widthPx, soundId])

  useEffect(() => {
    wave.current?.setOptions({ waveColor, progressColor })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it draws again, and reads the ratio itself
  }, [waveColor, progressColor, pixelRatio])

  usePlayhead(soundId, (seconds) => {
    if (wave.current?.getDecodedData()) wave.current.setTime(seconds)
  })

  return <div ref={parent} className="desk-wave" style={{ height: HEIGHT_PX }} />
})
