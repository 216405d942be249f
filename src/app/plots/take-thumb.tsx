/** Owns: a take in small: outline, phone boundaries and pitch, on an axis of seconds that all takes share. */
import { memo, useMemo } from 'react'
import { useThemeColors } from '../desk/use-theme-colors'
import type { KeptTake } from '../stores/takes-state'
import { linearScale, logScale, pointsToPath } from './scale'
import { temperatureToColor } from './temperature-color'

const WIDTH = 200
const HEIGHT = 52
const WAVE_HEIGHT = 40
const LOW_HZ = 60
const HIGH_HZ = 400

interface TakeThumbProps {
  readonly take: Pick<KeptTake, 'envelope' | 'hz' | 'timeline' | 'data'>
  /** The end of the axis. */
  readonly seconds: number
}

export const TakeThumb = memo(function TakeThumb({ take, seconds }: TakeThumbProps) {
  const { envelope, hz, timeline, data } = take
  const { wave, edge, isDark } = useThemeColors()
  const { outline, pitch, boundaries } = useMemo(() => {
    const x = linearScale(0, seconds, 0, WIDTH)
    const frameSeconds = timeline.unitSeconds
    const loudest = envelope.reduce((most, value) => Math.max(most, value), 0.01)
    const middle = WAVE_HEIGHT / 2
    const half = (i: number) => (envelope[i] / loudest) * middle
    const top = Array.from(envelope, (_, i) => [x(i * frameSeconds), middle - half(i)] as const)
    const bottom = Array.from(envelope, (_, i) => [x(i * frameSeconds), middle + half(i)] as const)
    const y = logScale(LOW_HZ, HIGH_HZ, WAVE_HEIGHT, 0)
    return {
      outline: `${pointsToPath([...top, ...bottom.toReversed()])}Z`,
      pitch: pointsToPath(
        Array.from(
          hz,
          (value, i) => [x(((i + 0.5) * frameSeconds) / 2), value > 0 ? y(value) : null] as const,
        ),
      ),
      boundaries: timeline.phones
        .map(({ endSeconds }) => `M${x(endSeconds).toFixed(1)} ${WAVE_HEIGHT + 2}V${HEIGHT}`)
        .join(''),
    }
  }, [envelope, hz, timeline, seconds])
  return (
    <svg className="take-thumb" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={outline} fill={wave} opacity={0.55} />
      <path d={boundaries} stroke={edge} strokeWidth={1} />
      <path
        d={pitch}
        fill="none"
        stroke={temperatureToColor(data.sampling.temperature, isDark)}
        strokeWidth={1.75}
      />
    </svg>
  )
})
