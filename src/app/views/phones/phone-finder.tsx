/** Owns: finding a phone by a word it is heard in, by its IPA sign or its ARPAbet name, to insert it or put it in a place. */
import { useState } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import { INVENTORY, type InventoryEntry } from '../../../speech/2-phones/inventory'
import type { Phone } from '../../../speech/3-units/vocabulary'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { useSettings } from '../../services-context'
import { phoneToSign } from '../../words/ipa'

interface PhoneFinderProps {
  /** The phone that is chosen in the word; undefined in an empty word. */
  readonly at: Phone | undefined
  readonly onInsert: (phone: Phone) => void
  readonly onReplace: (phone: Phone) => void
}

/** A vowel comes with the main stress, or the one that the phone in its place had. */
function toPhone({ phone, kind }: InventoryEntry, stress: string): Phone {
  return kind === 'vowel' ? phone + stress : phone
}

export function PhoneFinder({ at, onInsert, onReplace }: PhoneFinderProps) {
  const script = useSettings((state) => state.phoneScript)
  const [found, setFound] = useState<InventoryEntry | null>(null)
  const sign = at === undefined ? '' : phoneToSign(at, script)
  const stress = /[012]$/.exec(at ?? '')?.[0] ?? '1'
  return (
    <div className="phones-tools phones-finder">
      <ComboBox
        className="field"
        value={found?.phone ?? null}
        onChange={(key) => setFound(INVENTORY.find(({ phone }) => phone === key) ?? null)}
        menuTrigger="focus"
      >
        <Label>Another phone, by word, IPA or ARPAbet</Label>
        <div className="phones-input">
          <Input className="input" placeholder="thin, θ or TH" />
          <Button className="button button-icon" aria-label="All phones">
            <Icon name="chevron" />
          </Button>
        </div>
        <Popover className="menu-popover phones-popover">
          <ListBox className="menu">
            {INVENTORY.map(({ phone, ipa, example }) => (
              <ListBoxItem
                key={phone}
                id={phone}
                textValue={`${example} ${ipa} ${phone}`}
                className="menu-item phones-item"
              >
                <Text slot="label">{ipa}</Text>
                <Text slot="description">
                  {phone} as in {example}
                </Text>
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </ComboBox>
      <Button
        className="button button-plain"
        isDisabled={!found}
        onPress={() => found && onInsert(toPhone(found, '1'))}
      >
        {sign === '' ? 'Put it in' : `Insert after ${sign}`}
      </Button>
      <Button
        className="button button-plain"
        isDisabled={!found || at === undefined}
        onPress={() => found && onReplace(toPhone(found, stress))}
      >
        Instead of {sign}
      </Button>
    </div>
  )
}
