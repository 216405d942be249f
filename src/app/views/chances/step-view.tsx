/** Owns: the step in view: the bars, what may be tried on them, and the token that is picked. */
import { PlotTools } from '../../plots/plot-tools'
import { useChances, useSpeak } from '../../services-context'
import { toVoiceChoice } from '../../stores/speak-settings'
import type { KeptTake } from '../../stores/takes-state'
import { formatChance, formatNats } from '../../words/token-words'
import { BARS_HEADER, barsToRows, barsToSvg } from './bars-file'
import { ChanceBars } from './chance-bars'
import { SamplingSliders } from './sampling-sliders'
import { TokenPanel } from './token-panel'
import { UnitPanel } from './unit-panel'
import type { Seen } from './use-seen'

interface StepViewProps {
  readonly seen: Seen
  readonly take: KeptTake | undefined
}

export function StepView({ seen, take }: StepViewProps) {
  const step = useChances((state) => state.step)
  const picked = useChances((state) => state.picked)
  // What was heard has no voice of ours: its units are shown in the voice that would speak now.
  const speakVoice = useSpeak((state) => state.voice)
  const { chances, vocabulary } = seen
  const token = picked ?? seen.step.drawn
  const isHearing = seen.step.task === 'listen'
  return (
    <div className="step-view">
      <div className="step-bars">
        <p className="hint" data-testid="step-sentence">
          {isHearing
            ? `Hear on with ${formatChance(chances.allUnits.model)}, or say a phone; the rivals are below.`
            : `${chances.units.filter(({ shaped }) => shaped > 0).length} of the ${chances.units.length} likeliest units are left; together all units have ${formatChance(chances.allUnits.model)}. Entropy ${formatNats(chances.entropyNats)}, after temperature and cuts ${formatNats(chances.shapedEntropyNats)}. ● was drawn, ○ would be drawn now; the number is logit / T + Gumbel noise, and the largest wins.`}
        </p>
        <ChanceBars seen={seen} />
        <PlotTools
          title="Chances at this step"
          header={BARS_HEADER}
          toRows={() => barsToRows(chances, vocabulary)}
          toSvg={() => barsToSvg(chances, vocabulary)}
          fileName={`chances-step-${step + 1}`}
        />
      </div>
      <div className="step-side">
        {!isHearing && <SamplingSliders seen={seen} />}
        <TokenPanel seen={seen} take={take} />
      </div>
      {vocabulary.isUnit(token) && (
        <UnitPanel unit={vocabulary.idToUnit(token)} voice={take?.data.voice ?? toVoiceChoice(speakVoice)} />
      )}
    </div>
  )
}
