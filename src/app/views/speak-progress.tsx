/** Owns: how far speaking has come: a status that is read out once a phase, and a bar with the numbers. */
import { ProgressBar } from 'react-aria-components'
import { useEngine, useSpeak } from '../services-context'
import type { SpeakState } from '../stores/speak-store'
import { formatCount, formatSeconds } from '../words/format'

function phaseToText({ phase, takes, shown }: SpeakState, isLoading: boolean): string {
  switch (phase) {
    case 'waiting':
      return isLoading ? 'Waiting for the models; it speaks as soon as they are there.' : 'Starting'
    case 'planning':
      return 'Turning letters into phones'
    case 'drawing':
      return 'Speaking'
    case 'idle': {
      const take = takes.find(({ soundId }) => soundId === shown)
      if (!take || take.isStored) return ''
      return `Done: ${formatSeconds(take.timeline.seconds)} of speech, ${formatCount(take.timeline.units.length, 'unit')}.`
    }
  }
}

export function SpeakProgress() {
  const state = useSpeak((all) => all)
  const isLoading = useEngine((engine) => engine.phase === 'loading')
  const { phase, plan, drawnUnits, reachedPhone } = state
  const phones = plan?.phones.length ?? 0
  return (
    <div className="speak-progress">
      <p role="status" aria-label="Speaking">
        {phaseToText(state, isLoading)}
      </p>
      {phase === 'drawing' && (
        <ProgressBar
          aria-label="Phones spoken"
          value={Math.min(phones, reachedPhone + 1)}
          maxValue={Math.max(1, phones)}
          valueLabel={`phone ${Math.min(phones, reachedPhone + 1)} of ${phones}, ${formatCount(drawnUnits, 'unit')}`}
        >
          {({ percentage, valueText }) => (
            <>
              <span className="bar">
                <span className="bar-fill" style={{ width: `${percentage ?? 0}%` }} />
              </span>
              <span>{valueText}</span>
            </>
          )}
        </ProgressBar>
      )}
    </div>
  )
}
