/** Owns: the token that is picked: its chance, hearing it in the take's place, and branching there. */
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useAttempt } from '../../components/use-attempt'
import { useChances, useServices } from '../../services-context'
import type { KeptTake } from '../../stores/takes-state'
import { formatChance, tokenToName } from '../../words/token-words'
import type { Seen } from './use-seen'

interface TokenPanelProps {
  readonly seen: Seen
  /** undefined while listening is looked into. */
  readonly take: KeptTake | undefined
}

export function TokenPanel({ seen, take }: TokenPanelProps) {
  const { chances: store, unitSounds } = useServices()
  const picked = useChances((state) => state.picked)
  const phase = useChances((state) => state.phase)
  const { attempt, error } = useAttempt()
  const { step, chances, vocabulary } = seen
  const token = picked ?? step.drawn
  const found = [...chances.others, ...chances.units, chances.drawn].find(({ id }) => id === token)
  const name = tokenToName(token, vocabulary)
  const unit = vocabulary.isUnit(token) ? vocabulary.idToUnit(token) : undefined
  const place = Math.min(step.frame, (take?.data.units.length ?? 1) - 1)
  return (
    <section className="token-panel" aria-label="The token picked">
      <h3>{name.charAt(0).toUpperCase() + name.slice(1)}</h3>
      <p className="hint">
        {found
          ? `Chance ${formatChance(found.model)}, after temperature and cuts ${formatChance(found.shaped)}. `
          : ''}
        {token === step.drawn ? 'This one was drawn.' : `Instead of ${tokenToName(step.drawn, vocabulary)}.`}
      </p>
      {take && (
        <div className="token-tools">
          {unit !== undefined && (
            <Button
              className="button button-plain"
              onPress={() => attempt(() => unitSounds.playInPlace(take.data, place, unit))}
            >
              <Icon name="play" />
              Listen to this alternative
            </Button>
          )}
          <Button
            className="button button-plain"
            isDisabled={phase !== 'idle'}
            onPress={() => void store.branch('same')}
          >
            Branch here, same noise
          </Button>
          <Button
            className="button button-plain"
            isDisabled={phase !== 'idle'}
            onPress={() => void store.branch('new')}
          >
            Branch here, new noise
          </Button>
        </div>
      )}
      <ErrorNote error={error} />
    </section>
  )
}
