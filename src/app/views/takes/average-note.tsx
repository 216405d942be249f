/** Owns: what the average of all takes is, and how far its pitch moves beside theirs. */
import { useAverage, useCompare, useTakes } from '../../services-context'
import { formatSeconds } from '../../words/format'
import { TAKE_FIGURES } from '../../words/take-words'

export function AverageNote() {
  const order = useCompare((state) => state.order)
  const takes = useTakes((state) => state.takes)
  const average = useAverage((state) => state.average)
  if (!average || String(average.of) !== String(order)) return null
  const { seconds, pitchRangeSemitones } = average
  const ranges = order.flatMap((id) => {
    const take = takes.get(id)
    return (take && TAKE_FIGURES.range.toValue(take)) ?? []
  })
  return (
    <p className="hint">
      The average lasts {formatSeconds(seconds)}: durations and the vocoder’s controls, averaged phone by
      phone. Nobody says it like that.
      {pitchRangeSemitones !== undefined &&
        ranges.length > 0 &&
        ` Its pitch moves over ${pitchRangeSemitones.toFixed(1)} semitones, that of the takes over ${Math.min(...ranges).toFixed(1)} to ${Math.max(...ranges).toFixed(1)}.`}
    </p>
  )
}
