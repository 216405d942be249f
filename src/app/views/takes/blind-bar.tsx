/** Owns: listening blind: names hidden and order shuffled, then revealed, with a tally by temperature over all rounds. */
import { Button } from 'react-aria-components'
import { DataTable } from '../../plots/data-table'
import { useCompare, useServices } from '../../services-context'
import { formatTemperature } from '../../words/take-words'

export function BlindBar() {
  const { compare } = useServices()
  const phase = useCompare((state) => state.phase)
  const count = useCompare((state) => state.order.length)
  const tally = useCompare((state) => state.tally)
  const rows = [...tally].toSorted(([a], [b]) => a - b)
  return (
    <div className="blind">
      {phase === 'open' && (
        <Button className="button button-plain" isDisabled={count < 2} onPress={() => compare.startBlind()}>
          Listen blind
        </Button>
      )}
      {phase === 'blind' && (
        <>
          <p className="hint">Shuffled, without names. Like what you like, then reveal.</p>
          <Button className="button button-main" onPress={() => compare.reveal()}>
            Reveal
          </Button>
        </>
      )}
      {phase === 'revealed' && (
        <>
          <Button className="button button-plain" onPress={() => compare.startBlind()}>
            Another round
          </Button>
          <Button className="button button-plain" onPress={() => compare.endBlind()}>
            Back to the grid
          </Button>
        </>
      )}
      {phase !== 'blind' && rows.length > 0 && (
        <>
          <p role="status" aria-label="Tally" className="hint">
            Liked:{' '}
            {rows
              .map(
                ([temperature, { liked, heard }]) =>
                  `${formatTemperature(temperature)}: ${liked} of ${heard}`,
              )
              .join('; ')}
            .
          </p>
          <DataTable
            title="Liked, by temperature"
            header={['Temperature', 'Liked', 'Heard']}
            toRows={() => rows.map(([temperature, { liked, heard }]) => [temperature, liked, heard])}
          />
        </>
      )}
    </div>
  )
}
