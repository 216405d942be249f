/** Owns: why the engine that runs is the one that runs, said where somebody asks. */
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { EngineReport } from '../../workers/protocol'

interface EngineReasonProps {
  readonly report: EngineReport
}

export function EngineReason({ report: { reason, networksReason } }: EngineReasonProps) {
  return (
    <DialogTrigger>
      <Button className="button button-quiet">Why this one?</Button>
      <Popover className="menu-popover engine-popover">
        <Dialog aria-label="Why this engine" className="engine-reason">
          <p>{reason}</p>
          <p>{networksReason}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
