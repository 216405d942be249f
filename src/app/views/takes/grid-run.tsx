/** Owns: drawing the grid, how far it has come, and stopping it. */
import { Button } from 'react-aria-components'
import { ActionButton } from '../../components/action-button'
import { Icon } from '../../components/icon'
import { ProgressField } from '../../components/progress-field'
import { useEngine, useGrid, useServices, useTakes } from '../../services-context'
import { isTooLarge } from '../../stores/grid-store'
import { formatCount } from '../../words/format'

export function GridRun() {
  const { grid } = useServices()
  const phase = useGrid((state) => state.phase)
  const count = useGrid((state) => state.ids.length)
  const done = useGrid((state) => state.ids.filter((id) => id !== null).length)
  const ids = useGrid((state) => state.ids)
  const isRemoved = useTakes(({ takes }) => done > 0 && !ids.some((id) => id !== null && takes.has(id)))
  const units = useGrid((state) => state.frames.reduce((sum, frames) => sum + frames, 0))
  const tooLarge = useGrid(isTooLarge)
  const isLoading = useEngine((state) => state.phase === 'loading')
  const isBusy = phase !== 'idle'
  const status = {
    waiting: isLoading ? 'Waiting for the models' : 'Starting',
    drawing: 'Drawing the grid',
    idle: tooLarge
      ? 'That is more than 64 takes: fewer temperatures or seeds, please.'
      : isRemoved
        ? ''
        : doneText(done, count),
  }[phase]
  return (
    <div className="speak-run">
      <ActionButton
        id="draw-grid"
        action="draw-grid"
        look="main"
        icon="grid"
        isDisabled={isBusy || tooLarge}
      />
      {isBusy && (
        <Button className="button button-plain" data-heir="draw-grid" onPress={() => grid.cancel()}>
          <Icon name="stop" />
          Stop drawing
        </Button>
      )}
      <div className="speak-progress">
        <output aria-label="Takes">{status}</output>
        {phase === 'drawing' && (
          <ProgressField
            label="Takes drawn"
            done={done}
            total={count}
            text={`${done} of ${formatCount(count, 'take')}, ${formatCount(units, 'unit')}`}
          />
        )}
      </div>
    </div>
  )
}

function doneText(done: number, count: number): string {
  if (count === 0) return ''
  return done === count
    ? `Done: ${formatCount(count, 'take')}.`
    : `Stopped: ${done} of ${formatCount(count, 'take')}.`
}
