/** Owns: how far listening has come, read out once a phase, with a way to stop. */
import { Button, ProgressBar } from 'react-aria-components'
import { useEngine, useListen, useServices } from '../services-context'
import type { ListenState } from '../stores/listen-store'
import { formatCount } from '../words/format'

function phaseToText({ phase, units, result }: ListenState, isLoading: boolean): string {
  switch (phase) {
    case 'recording':
      return 'Recording'
    case 'opening':
      return 'Opening the recording'
    case 'waiting':
      return isLoading ? 'Waiting for the models; it listens as soon as they are there.' : 'Starting'
    case 'listening':
      return units.length === 0 ? 'Turning sound into integers' : 'Listening for phones'
    case 'idle':
      return result ? `Done: ${formatCount(result.phones.length, 'phone')} heard.` : ''
  }
}

export function ListenProgress() {
  const { listen } = useServices()
  const state = useListen((all) => all)
  const isLoading = useEngine((engine) => engine.phase === 'loading')
  const { phase, progress } = state
  return (
    <div className="listen-progress">
      <p role="status" aria-label="Listening">
        {phaseToText(state, isLoading)}
      </p>
      {phase === 'listening' && (
        <ProgressBar
          aria-label="Heard so far"
          value={progress?.done ?? 0}
          maxValue={Math.max(1, progress?.total ?? 1)}
          isIndeterminate={!progress}
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
      {phase !== 'idle' && (
        <Button className="button button-plain" onPress={() => listen.cancel()}>
          Cancel
        </Button>
      )}
    </div>
  )
}
