/** Owns: how far listening has come, read out once a phase, with a way to stop. */
import { Button } from 'react-aria-components'
import { ProgressField } from '../components/progress-field'
import { useEngine, useListen, useServices } from '../services-context'
import type { ListenState } from '../stores/listen-state'
import { formatCount } from '../words/format'

const startText = (isLoading: boolean) =>
  isLoading ? 'Waiting for the models; it listens as soon as they are there.' : 'Starting'

const PHASE_TEXTS: Readonly<
  Record<ListenState['phase'], (state: ListenState, isLoading: boolean) => string>
> = {
  recording: ({ isPaused }) => (isPaused ? 'Paused' : 'Recording'),
  opening: () => 'Opening the recording',
  waiting: (_, isLoading) => startText(isLoading),
  listening: ({ units, progress }) => {
    if (progress?.stage === 'download') return 'Loading the tokenizer'
    return units.length === 0 ? 'Turning sound into integers' : 'Listening for words'
  },
  idle: ({ result }) =>
    result
      ? `Done: ${formatCount(result.words.length, 'word')}, ${formatCount(result.phones.length, 'phone')} heard.`
      : '',
}

export function ListenProgress() {
  const { listen } = useServices()
  const state = useListen((all) => all)
  const isLoading = useEngine((engine) => engine.phase === 'loading')
  const { phase, progress } = state
  return (
    <div className="listen-progress">
      <output aria-label="Listening">{PHASE_TEXTS[phase](state, isLoading)}</output>
      {phase === 'listening' && (
        <ProgressField
          label={progress?.stage === 'download' ? 'Tokenizer loaded' : 'Heard so far'}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
        />
      )}
      {phase !== 'idle' && (
        <Button className="button button-plain" onPress={() => listen.cancel()}>
          Cancel
        </Button>
      )}
    </div>
  )
}
