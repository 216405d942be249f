/** Owns: all phones of the text as one line of ARPAbet, for whoever would rather type. */
import { useState } from 'react'
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components'
import { toPlainError } from '../../../speech/errors'
import { formatPhones } from '../../../speech/2-phones/phones-text'
import type { SpeakPlan } from '../../../workers/protocol'
import { Button } from '../../components/button'
import { useServices, useSpeak } from '../../services-context'
import { planToLine } from '../../stores/phones-edit'

/** What was typed in place of the phones of one text and plan. For another it counts no more. */
interface Draft {
  readonly plan: SpeakPlan
  readonly text: string
  readonly typed: string
  readonly refused: string | null
}

export function PhonesLine({ plan }: { readonly plan: SpeakPlan }) {
  const { phones: store } = useServices()
  const isEdited = useSpeak((state) => state.phones !== undefined)
  const text = useSpeak((state) => state.text)
  const [kept, setDraft] = useState<Draft | null>(null)
  const draft = kept?.plan === plan && kept.text === text ? kept : null
  const use = () => {
    if (!draft) return
    try {
      store.setLine(draft.typed)
      setDraft(null)
    } catch (thrown) {
      setDraft({ ...draft, refused: toPlainError(thrown).message })
    }
  }
  return (
    <div className="phones-line">
      <TextField
        className="field"
        value={draft?.typed ?? formatPhones(planToLine(plan))}
        isInvalid={Boolean(draft?.refused)}
        onChange={(typed) => setDraft({ plan, text, typed, refused: draft?.refused ?? null })}
      >
        <Label>All phones in ARPAbet</Label>
        <TextArea className="input" rows={2} spellCheck={false} />
        <FieldError className="phones-refused">{draft?.refused}</FieldError>
        <Text slot="description" className="hint">
          One space between phones, _ between words, marks where a pause is heard. AE1=8 is AE1 for eight
          units.
        </Text>
      </TextField>
      <div className="phones-tools">
        <Button className="button button-plain" isDisabled={!draft} onPress={use}>
          Use these phones
        </Button>
        <Button
          className="button button-plain"
          isDisabled={!isEdited && !draft}
          onPress={() => {
            setDraft(null)
            store.resetLine()
          }}
        >
          As the text is read
        </Button>
      </div>
    </div>
  )
}
