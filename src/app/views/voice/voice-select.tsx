/** Owns: a list of the named voices: grouped by accent, found by typing, each with a line about it. */
import './voice-select.css'
import { useMemo } from 'react'
import {
  Autocomplete,
  Button,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
  Select,
  SelectValue,
  Text,
  useFilter,
} from 'react-aria-components'
import { Icon } from '../../components/icon'
import { useEngine } from '../../services-context'
import { groupVoices, nameToTitle } from '../../words/voices'

interface VoiceSelectProps {
  readonly label: string
  /** null: none of the named ones. */
  readonly name: string | null
  readonly placeholder?: string
  readonly onChange: (name: string) => void
}

export function VoiceSelect({ label, name, placeholder = 'Choose a voice', onChange }: VoiceSelectProps) {
  const catalogue = useEngine((state) => state.catalogue)
  const groups = useMemo(() => groupVoices(catalogue?.voices ?? []), [catalogue])
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Select
      className="field voice"
      value={name}
      placeholder={placeholder}
      onChange={(key) => key !== null && onChange(String(key))}
    >
      <Label>{label}</Label>
      <Button className="input select-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="menu-popover voice-popover">
        <Autocomplete filter={contains}>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- opening the list is asking to be moved into it */}
          <SearchField aria-label="Find a voice" className="voice-search" autoFocus>
            <Input className="input" placeholder="Find a voice" />
          </SearchField>
          <ListBox className="menu voice-list" renderEmptyState={() => <p>No voice is called that.</p>}>
            {groups.map(({ accent, voices }) => (
              <ListBoxSection key={accent} id={accent}>
                <Header>{accent}</Header>
                {voices.map((voice) => (
                  <ListBoxItem
                    key={voice.name}
                    id={voice.name}
                    textValue={`${nameToTitle(voice.name)} ${voice.description} ${voice.name}`}
                    className="menu-item"
                  >
                    <Text slot="label">{nameToTitle(voice.name)}</Text>
                    <Text slot="description">{voice.description}</Text>
                  </ListBoxItem>
                ))}
              </ListBoxSection>
            ))}
          </ListBox>
        </Autocomplete>
      </Popover>
    </Select>
  )
}
