/** Owns: all phones of the text as one line of ARPAbet, for whoever would rather type. */
import { useState } from 'react'
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components'
import { toPlainError } from '../../../speech/errors'
import { formatPhones } from '../../../speech/2-phones/phones-text'
import type { SpeakPlan } from '../../../workers/protocol'
import { Button } from '../../components/button'
import { useServices, useSpeak } from '../../services-context'
import { planToLine } from '../../stores/phones-edit'

export function PhonesLine({ plan }: { readonly plan: SpeakPlan }) {
  const { phones: store } = useServices()
  const isEdited = useSpeak((state) => state.phones !== undefined)
  const [typed, setTyped] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const use = () => {
    if (typed === null) return
    try {
      store.setLine(typed)
      setTyped(null)
      setRefused(null)
    } catch (thrown) {
      setRefused(toPlainError(thrown).message)
    }
  }
  return (
    <div className="phones-line">
      <TextField
        className="field"
        value={typed ?? formatPhones(planToLine(plan))}
        isInvalid={refused !== null}
        onChange={setTyped}
      >
        <Label>All phones in ARPAbet</Label>
        <TextArea className="input" rows={2} spellCheck={false} />
        <FieldError className="phones-refused">{refused}</FieldError>
        <Text slot="description" className="hint">
          One space between phones, _ between words, marks where a pause is heard. AE1=8 is AE1 for eight
          units.
        </Text>
      </TextField>
      <div className="phones-tools">
        <Button className="button button-plain" isDisabled={typed === null} onPress={use}>
          Use these phones
        </Button>
        <Button
          className="button button-plain"
          isDisabled={!isEdited && typed === null}
          onPress={() => {
            setTyped(null)
            setRefused(null)
            store.resetLine()
          }}
        >
          As the text is read
        </Button>
      </div>
    </div>
  )
}
