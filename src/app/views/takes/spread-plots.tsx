/** Owns: all takes on top of one another: pitch curves and phone boundaries. */
import { useDeferredValue, useMemo, useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { takesToCurves, type CurveAxis } from '../../../speech/takes/curves'
import type { TakeId } from '../../../speech/takes/tree'
import { BoundaryPlot } from '../../plots/boundary-plot'
import { CurvePlot, curveSources } from '../../plots/curve-plot'
import { PlotFrame } from '../../plots/plot-frame'
import { useCompare, useTakes } from '../../services-context'
import type { KeptTake } from '../../stores/takes-state'
import { TAKE_FIGURES, takeToTitle } from '../../words/take-words'

const range = (values: readonly number[], digits: number): string =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`

function pitchSentence(takes: readonly KeptTake[]): string {
  const means = takes.flatMap((take) => TAKE_FIGURES.pitch.toValue(take) ?? [])
  if (means.length === 0) return 'No take has voice in it.'
  const wide = takes.flatMap((take) => TAKE_FIGURES.range.toValue(take) ?? [])
  return `${takes.length} takes of one sentence: mean pitch ${range(means, 0)} Hz, each moving over ${range(wide, 1)} semitones. Cold colours are low temperatures.`
}

function boundarySentence(takes: readonly KeptTake[]): string {
  const lengths = takes.map(({ timeline }) => timeline.seconds)
  const words = takes[0].timeline.words
  const last = words.at(-1)
  const starts = takes.flatMap(({ timeline }) => timeline.words.at(-1)?.startSeconds ?? [])
  const end = `The takes last ${range(lengths, 2)} s`
  return last
    ? `${end}; “${last.word}” begins at ${range(starts, 2)} s. Lines join the words’ beginnings.`
    : `${end}.`
}

const NONE: readonly TakeId[] = []

export function SpreadPlots() {
  // The plots are drawn in a slice of their own, after the cards.
  const order = useDeferredValue(
    useCompare((state) => state.order),
    NONE,
  )
  const solo = useCompare((state) => state.solo)
  const all = useTakes((state) => state.takes)
  const [axis, setAxis] = useState<CurveAxis>('seconds')
  const takes = useMemo(() => {
    const said = (id: TakeId) => all.get(id)?.plan.phones.join(' ')
    // Takes of another sentence, kept for their branches, have no place in these plots.
    return order.flatMap((id) => (said(id) === said(order[0]) ? (all.get(id) ?? []) : []))
  }, [order, all])
  if (takes.length < 2) return null
  const pitch = pitchSentence(takes)
  const boundaries = boundarySentence(takes)
  return (
    <>
      <PlotFrame
        title="Pitch of all takes"
        sentence={pitch}
        header={['Take', axis === 'seconds' ? 'Seconds' : 'Phone', 'Pitch (Hz)']}
        toRows={() =>
          takesToCurves(curveSources(takes), axis, 1 / takes[0].timeline.unitSeconds).flatMap(
            ({ at, hz }, i) =>
              at.flatMap((place, point) => {
                const value = hz[point]
                return value === null ? [] : [[takeToTitle(takes[i]), place.toFixed(3), value.toFixed(1)]]
              }),
          )
        }
        fileName="pitch-of-all-takes"
        tools={
          <RadioGroup
            className="segments"
            orientation="horizontal"
            value={axis}
            onChange={(value) => setAxis(value === 'phones' ? 'phones' : 'seconds')}
          >
            <Label className="visually-hidden">Pitch over</Label>
            <Radio value="seconds" className="segment">
              Over time
            </Radio>
            <Radio value="phones" className="segment">
              Phone by phone
            </Radio>
          </RadioGroup>
        }
      >
        {(widthPx) => <CurvePlot widthPx={widthPx} takes={takes} axis={axis} solo={solo} label={pitch} />}
      </PlotFrame>
      <PlotFrame
        title="Where the phones begin"
        sentence={boundaries}
        header={['Take', 'Phone', 'Start (s)', 'End (s)']}
        toRows={() =>
          takes.flatMap((take) =>
            take.timeline.phones.map(({ phone, startSeconds, endSeconds }) => [
              takeToTitle(take),
              phone,
              startSeconds.toFixed(3),
              endSeconds.toFixed(3),
            ]),
          )
        }
        fileName="phone-boundaries"
      >
        {(widthPx) => <BoundaryPlot widthPx={widthPx} takes={takes} solo={solo} label={boundaries} />}
      </PlotFrame>
    </>
  )
}
