/** Owns: how far reading a mind or drawing a branch has come, stopping it, and reading anew what was stopped. */
import { Button } from 'react-aria-components'
import { Icon } from '../../components/icon'
import { useChances, useServices } from '../../services-context'
import type { ChancesState } from '../../stores/chances-store'
import { formatCount } from '../../words/format'

const BUSY: Readonly<Record<Exclude<ChancesState['phase'], 'idle'>, (read: string) => string>> = {
  opening: () => 'Opening the take',
  loading: (read) => `Reading: ${read}`,
  branching: () => 'Drawing the branch',
}

/** @param isOpen whether the subject is still there */
export function ReadingState({ isOpen }: { readonly isOpen: boolean }) {
  const { chances } = useServices()
  const subject = useChances((state) => state.subject)
  const phase = useChances((state) => state.phase)
  const isWhole = useChances((state) => state.isWhole)
  const read = formatCount(
    useChances((state) => state.steps.length),
    'step',
  )
  const isBusy = phase !== 'idle'
  const canRead = isOpen && subject !== null && !isWhole
  const restText = isWhole ? `${read} read.` : `Stopped: ${read} read.`
  return (
    <div className="token-tools">
      <output aria-label="Chances" className="hint">
        {isBusy ? BUSY[phase](read) : isOpen ? restText : ''}
      </output>
      {(isBusy || canRead) && (
        <Button
          className="button button-plain"
          onPress={() => (isBusy ? chances.stop() : canRead && void chances.open(subject))}
        >
          {isBusy && <Icon name="stop" />}
          {isBusy ? (phase === 'branching' ? 'Stop drawing' : 'Stop reading') : 'Read again'}
        </Button>
      )}
    </div>
  )
}
