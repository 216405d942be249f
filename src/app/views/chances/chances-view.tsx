/** Owns: the Chances view: the inside of one take, or of listening, step by step. */
import './chances.css'
import { Button } from 'react-aria-components'
import { ErrorNote } from '../../components/error-note'
import { SoundDesk } from '../../desk/sound-desk'
import { PlotFrame } from '../../plots/plot-frame'
import { useChances, useServices, useSpeak, useTakes } from '../../services-context'
import type { SeenStep } from '../../stores/seen-steps'
import { phoneToName } from '../../words/ipa'
import { formatNats, tokenToName } from '../../words/token-words'
import { RemovedNote } from '../takes/removed-note'
import { useLookInside } from './look-inside'
import { unitToSeconds } from '../../stores/timeline'
import { ReadingState } from './reading-state'
import { StepBar } from './step-bar'
import { StepView } from './step-view'
import { SurpriseRow } from './surprise-row'
import { TakeTreeList } from './take-tree'
import { useSeen } from './use-seen'

function curveSentence(steps: readonly SeenStep[], isBusy: boolean): string {
  if (steps.length === 0) return isBusy ? 'Reading the model’s mind, step by step …' : 'No step was read.'
  const mean = steps.reduce((sum, { entropyNats }) => sum + entropyNats, 0) / steps.length
  const most = steps.reduce((best, step) => (step.surpriseNats > best.surpriseNats ? step : best))
  return `${steps.length} steps, mean entropy ${formatNats(mean)}; the greatest surprise, ${formatNats(most.surpriseNats)}, is step ${steps.indexOf(most) + 1}.`
}

const HEADER = ['Step', 'Seconds', 'Phone', 'Token', 'Entropy (nats)', 'Surprise (nats)']

export function ChancesView() {
  const { chances } = useServices()
  const subject = useChances((state) => state.subject)
  const steps = useChances((state) => state.steps)
  const step = useChances((state) => state.step)
  const isBusy = useChances((state) => state.phase !== 'idle')
  const error = useChances((state) => state.error)
  const take = useTakes((state) => (subject?.kind === 'take' ? state.takes.get(subject.id) : undefined))
  const seen = useSeen()
  const opened = subject?.kind === 'heard' ? subject.heard : take
  const sentence = curveSentence(steps, isBusy)
  const toRows = () =>
    steps.map(({ frame, phone, drawn, entropyNats, surpriseNats }, i) => [
      i + 1,
      opened ? unitToSeconds(opened.timeline, frame).toFixed(3) : '',
      subject?.kind === 'take' ? phoneToName(opened?.timeline.phones[phone]?.phone ?? '') : phone,
      seen ? tokenToName(drawn, seen.vocabulary) : drawn,
      entropyNats.toFixed(4),
      surpriseNats.toFixed(4),
    ])
  return (
    <div className="chances">
      <section className="card" aria-label="Whose mind">
        <h2>Chances</h2>
        <p className="hint">
          At every step the model gives each possible token a chance, and noise decides. Here is every one of
          these decisions, and you may decide otherwise.
        </p>
        {!opened && <NothingYet />}
        <TakeTreeList take={take} />
        <RemovedNote />
        <ReadingState isOpen={opened !== undefined} />
        <ErrorNote error={error} />
      </section>
      {opened && (
        <section className="card" aria-label="Step by step">
          <PlotFrame
            title={subject?.kind === 'heard' ? subject.heard.title : 'Entropy and surprise along the take'}
            sentence={sentence}
            header={HEADER}
            toRows={toRows}
            fileName="entropy-and-surprise"
          >
            {() => (
              <SoundDesk
                key={opened.soundId}
                soundId={opened.soundId}
                timeline={opened.timeline}
                renderRows={(view) => (
                  <SurpriseRow
                    steps={steps}
                    step={step}
                    clock={opened.timeline}
                    view={view}
                    label={sentence}
                    onPick={chances.goTo}
                  />
                )}
              />
            )}
          </PlotFrame>
          {seen && <StepBar seen={seen} timeline={opened.timeline} soundId={opened.soundId} />}
          {seen && <StepView seen={seen} take={take} />}
        </section>
      )}
    </div>
  )
}

function NothingYet() {
  const shown = useSpeak((state) => state.takes.find(({ soundId }) => soundId === state.shown))
  const lookInside = useLookInside()
  return (
    <div className="token-tools">
      <p className="hint">Choose a take below, or on Speak.</p>
      {shown && (
        <Button className="button button-main" onPress={() => lookInside(shown)}>
          Look inside the take on Speak
        </Button>
      )}
    </div>
  )
}
