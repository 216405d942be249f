/** Owns: listening blind: names hidden and order shuffled, then revealed, with a tally by temperature over all rounds. */
import { Button } from '../../components/button'
import { DataTable } from '../../plots/data-table'
import { useCompare, useServices } from '../../services-context'
import type { BlindTally } from '../../stores/compare-store'
import { formatTemperature } from '../../words/take-words'

/** What the one button does next. */
const ROUNDS = { open: 'Listen blind', blind: 'Reveal', revealed: 'Another round' } as const

const rowToText = ([temperature, { liked, heard }]: readonly [number, BlindTally]): string =>
  `${formatTemperature(temperature)}: ${liked} of ${heard}`

export function BlindBar() {
  const { compare } = useServices()
  const phase = useCompare((state) => state.phase)
  const count = useCompare((state) => state.order.length)
  const tally = useCompare((state) => state.tally)
  const isBlind = phase === 'blind'
  const rows = [...tally].toSorted(([a], [b]) => a - b)
  return (
    <div className="blind">
      {isBlind && <p className="hint">Shuffled, without names. Like what you like, then reveal.</p>}
      <Button
        className={isBlind ? 'button button-main' : 'button button-plain'}
        isDisabled={count < 2 && phase === 'open'}
        onPress={() => (isBlind ? compare.reveal() : compare.startBlind())}
      >
        {ROUNDS[phase]}
      </Button>
      {phase === 'revealed' && (
        <Button className="button button-plain" onPress={() => compare.endBlind()}>
          Back to the grid
        </Button>
      )}
      <output aria-label="Tally" className="hint">
        {!isBlind && rows.length > 0 && `Liked: ${rows.map(rowToText).join('; ')}.`}
      </output>
      {!isBlind && rows.length > 0 && (
        <DataTable
          title="Liked, by temperature"
          header={['Temperature', 'Liked', 'Heard']}
          toRows={() => rows.map(([temperature, { liked, heard }]) => [temperature, liked, heard])}
        />
      )}
    </div>
  )
}
