/** Owns: that takes were removed, read out, with the way to have them back. */
import { Button } from 'react-aria-components'
import { useServices, useTakes } from '../../services-context'
import { formatCount } from '../../words/format'

export function RemovedNote() {
  const { takes } = useServices()
  const count = useTakes((state) => state.removed?.takes.length ?? 0)
  return (
    <div className="note-row">
      <output aria-label="Removed" className="notice">
        {count > 0 && `${formatCount(count, 'take')} removed.`}
      </output>
      {count > 0 && (
        <>
          <Button className="button button-plain" onPress={() => takes.bringBack()}>
            Undo
          </Button>
          <Button className="button button-quiet" onPress={() => takes.letGo()}>
            Let go
          </Button>
        </>
      )}
    </div>
  )
}
