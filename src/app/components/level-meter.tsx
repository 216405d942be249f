/** Owns: how loud the microphone hears somebody, and for how long. */
import { Meter } from 'react-aria-components'

interface LevelMeterProps {
  /** 0 … 1 */
  readonly level: number
  readonly time: string
}

export function LevelMeter({ level, time }: LevelMeterProps) {
  return (
    <Meter aria-label="Loudness" className="meter" value={level} minValue={0} maxValue={1}>
      {({ percentage }) => (
        <>
          <span className="bar">
            <span className="bar-fill" style={{ width: `${percentage}%` }} />
          </span>
          <span className="meter-time">{time}</span>
        </>
      )}
    </Meter>
  )
}
