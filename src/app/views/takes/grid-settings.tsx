/** Owns: the shape of the next grid: its temperatures, how many seeds, and which takes share their noise. */
import { useState } from 'react'
import {
  FieldError,
  Input,
  Label,
  NumberField,
  Radio,
  RadioGroup,
  Text,
  TextField,
} from 'react-aria-components'
import type { SharedNoise } from '../../../speech/takes/grid'
import { useGrid, useServices } from '../../services-context'
import { MAX_SEEDS, parseTemperatures } from '../../stores/grid-store'

const NOISES: readonly (readonly [value: SharedNoise, label: string, meaning: string])[] = [
  ['columns', 'Row', 'Along a row only the temperature differs.'],
  ['rows', 'Column', 'The takes of a column have the same tokens; only the vocoder’s hiss differs.'],
  ['none', 'Take', 'Every take has noise of its own.'],
]

export function GridSettings() {
  const { grid } = useServices()
  const temperatures = useGrid((state) => state.temperatures)
  const seedCount = useGrid((state) => state.seedCount)
  const sharedNoise = useGrid((state) => state.sharedNoise)
  const [typed, setTyped] = useState<string | null>(null)
  const isWrong = typed !== null && parseTemperatures(typed) === undefined
  return (
    <div className="grid-settings">
      <TextField
        className="field"
        value={typed ?? temperatures.join(', ')}
        isInvalid={isWrong}
        onChange={(text) => {
          setTyped(text)
          const parsed = parseTemperatures(text)
          if (parsed) grid.setState({ temperatures: parsed })
        }}
        onBlur={() => !isWrong && setTyped(null)}
      >
        <Label>Temperatures, across</Label>
        <Input className="input" />
        <FieldError className="hint">1 to 16 numbers from 0 to 2, with commas between.</FieldError>
        {!isWrong && (
          <Text slot="description" className="hint">
            0 always takes the likeliest; 1 is the model’s own belief.
          </Text>
        )}
      </TextField>
      <NumberField
        className="field"
        value={seedCount}
        minValue={1}
        maxValue={MAX_SEEDS}
        onChange={(value) => Number.isInteger(value) && grid.setState({ seedCount: value })}
      >
        <Label>Takes of each</Label>
        <Input className="input" />
        <Text slot="description" className="hint">
          Down the grid: seeds counted up from the one above.
        </Text>
      </NumberField>
      <div className="field">
        <RadioGroup
          className="field"
          orientation="horizontal"
          value={sharedNoise}
          onChange={(value) => {
            const found = NOISES.find(([name]) => name === value)
            if (found) grid.setState({ sharedNoise: found[0] })
          }}
        >
          <Label>One noise for each</Label>
          <div className="segments">
            {NOISES.map(([value, label]) => (
              <Radio key={value} value={value} className="segment">
                {label}
              </Radio>
            ))}
          </div>
          <Text slot="description" className="hint">
            {NOISES.find(([value]) => value === sharedNoise)?.[2]}
          </Text>
        </RadioGroup>
      </div>
    </div>
  )
}
