/** Owns: the seed of the next take: a number to repeat it by, and a die for another. */
import { Button, Group, Input, Label, NumberField } from 'react-aria-components'
import { findAction } from '../actions'
import { Icon } from '../components/icon'
import { useServices, useSpeak } from '../services-context'
import { SEED_MAX } from '../stores/speak-settings'

export function SeedField() {
  const services = useServices()
  const seed = useSpeak((state) => state.seed)
  const newSeed = findAction('new-seed')
  return (
    <div className="field seed">
      <NumberField
        value={seed}
        minValue={0}
        maxValue={SEED_MAX}
        step={1}
        formatOptions={{ useGrouping: false }}
        onChange={(value) => Number.isInteger(value) && services.speak.setState({ seed: value })}
      >
        <Label>Seed</Label>
        <Group className="seed-group">
          <Input className="input" />
          <Button
            slot={null}
            className="button button-icon"
            aria-label={newSeed.label}
            onPress={() => newSeed.perform(services)}
          >
            <Icon name="dice" />
          </Button>
        </Group>
      </NumberField>
      <p className="hint">The same seed gives the same take.</p>
    </div>
  )
}
