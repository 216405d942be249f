/**
 * Owns: the phones of the picked word one by one: one is chosen, and its stress or length changed, taken out, or another
 * put in.
 */
import { useState } from 'react'
import { Button, Label, Radio, RadioGroup, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { isVowel } from '../../../speech/2-phones/inventory'
import { holdPhone, splitHeld, type HeldPhone } from '../../../speech/2-phones/held'
import { usePhones, useServices, useSettings } from '../../services-context'
import { phoneToName, phoneToSign } from '../../words/ipa'
import { PhoneFinder } from './phone-finder'
import { PhoneLength } from './phone-length'

const STRESSES: readonly (readonly [digit: string, name: string])[] = [
  ['0', 'none'],
  ['1', 'main'],
  ['2', 'light'],
]

export function PhoneChips() {
  const { phones: store } = useServices()
  const script = useSettings((state) => state.phoneScript)
  const draft = usePhones((state) => state.draft)
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, draft.length - 1)
  const typed = draft[at]
  const { phone, frames } = splitHeld(typed ?? '')
  const change = (changed: HeldPhone) =>
    store.setDraft(draft.with(at, holdPhone(changed.phone, changed.frames)))
  return (
    <div className="phones-chips">
      <ToggleButtonGroup
        aria-label="Phones of the word"
        className="chips"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[at]}
        onSelectionChange={(keys) => {
          const [key] = keys
          if (typeof key === 'number') setChosen(key)
        }}
      >
        {draft.map((each, i) => (
          <ToggleButton key={i} id={i} className="chip phones-chip" aria-label={phoneToName(each)}>
            {phoneToSign(each, script)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="phones-tools">
        {isVowel(phone) && (
          <RadioGroup
            className="phones-pause"
            orientation="horizontal"
            value={phone.slice(-1)}
            onChange={(digit) => change({ phone: phone.slice(0, -1) + digit, frames })}
          >
            <Label>Stress</Label>
            <div className="segments">
              {STRESSES.map(([digit, name]) => (
                <Radio key={digit} value={digit} className="segment">
                  {name}
                </Radio>
              ))}
            </div>
          </RadioGroup>
        )}
        {phone !== '' && (
          <Button
            className="button button-plain"
            onPress={() => store.setDraft(draft.filter((_, i) => i !== at))}
          >
            Take out {phoneToSign(phone, script)}
          </Button>
        )}
      </div>
      {phone !== '' && (
        <PhoneLength key={at} frames={frames} onChange={(wanted) => change({ phone, frames: wanted })} />
      )}
      <PhoneFinder
        at={typed && phone}
        onInsert={(found) => {
          store.setDraft(draft.toSpliced(at + 1, 0, found))
          setChosen(at + 1)
        }}
        onReplace={(found) => store.setDraft(draft.with(at, found))}
      />
    </div>
  )
}
