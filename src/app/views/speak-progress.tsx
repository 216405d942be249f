/** Owns: how far speaking has come: a status that is read out once a phase, and a bar with the numbers. */
import { ProgressField } from '../components/progress-field'
import { useEngine, useSpeak } from '../services-context'
import type { SpeakState } from '../stores/speak-store'
import { formatCount, formatSeconds } from '../words/format'

function doneText({ takes, shown }: SpeakState): string {
  const take = takes.find(({ soundId }) => soundId === shown)
  if (!take || take.isStored) return ''
  const { seconds, units } = take.timeline
  return `Done: ${formatSeconds(seconds)} of speech, ${formatCount(units.length, 'unit')}.`
}

const startText = (isLoading: boolean) =>
  isLoading ? 'Waiting for the models; it speaks as soon as they are there.' : 'Starting'

const PHASE_TEXTS: Readonly<Record<SpeakState['phase'], (state: SpeakState, isLoading: boolean) => string>> =
  {
    waiting: (_, isLoading) => startText(isLoading),
    planning: () => 'Turning letters into phones',
    drawing: () => 'Speaking',
    idle: doneText,
  }

export function SpeakProgress() {
  const state = useSpeak((all) => all)
  const isLoading = useEngine((engine) => engine.phase === 'loading')
  const { phase, plan, drawnUnits, reachedPhone } = state
  const phones = plan?.phones.length ?? 0
  const reached = Math.min(phones, reachedPhone + 1)
  return (
    <div className="speak-progress">
      <output aria-label="Speaking">{PHASE_TEXTS[phase](state, isLoading)}</output>
      {phase === 'drawing' && (
        <ProgressField
          label="Phones spoken"
          done={reached}
          total={phones}
          text={`phone ${reached} of ${phones}, ${formatCount(drawnUnits.length, 'unit')}`}
        />
      )}
    </div>
  )
}
