/** Owns: how long one phone of the word is: as the model decides, or for a number of units that a person decides. */
import { FieldError, Input, Label, NumberField } from 'react-aria-components'
import { MAX_FRAMES_PER_PHONE } from '../../../speech/3-units/streams/speak'
import { Button } from '../../components/button'

interface PhoneLengthProps {
  /** null where the model decides. */
  readonly frames: number | null
  readonly onChange: (frames: number | null) => void
}

export function PhoneLength({ frames, onChange }: PhoneLengthProps) {
  return (
    <div className="phones-tools phones-length">
      <NumberField
        className="field"
        value={frames ?? Number.NaN}
        minValue={1}
        maxValue={MAX_FRAMES_PER_PHONE}
        step={1}
        onChange={(value) => onChange(Number.isInteger(value) ? value : null)}
      >
        <Label>Length in units of 25 ms</Label>
        <Input className="input" placeholder="as the model decides" />
        <FieldError className="hint">A whole number from 1 to {MAX_FRAMES_PER_PHONE}.</FieldError>
      </NumberField>
      <Button className="button button-plain" isDisabled={frames === null} onPress={() => onChange(null)}>
        As the model decides
      </Button>
      {frames !== null && <p className="hint">A length counts only here, in this text.</p>}
    </div>
  )
}
