/** Owns: the choice of a voice: grouped by accent, found by typing, each with a line about it. */
import './voice-picker.css'
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
import { Icon } from '../components/icon'
import { useEngine, useServices, useSpeak } from '../services-context'
import { groupVoices, nameToTitle } from '../words/voices'

export function VoicePicker() {
  const { speak } = useServices()
  const voice = useSpeak((state) => state.voice)
  const catalogue = useEngine((state) => state.catalogue)
  const groups = useMemo(() => groupVoices(catalogue?.voices ?? []), [catalogue])
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Select
      className="field voice"
      value={voice.kind === 'name' ? voice.name : null}
      onChange={(key) => key !== null && speak.setState({ voice: { kind: 'name', name: String(key) } })}
    >
      <Label>Voice</Label>
      <Button className="voice-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="voice-popover">
        <Autocomplete filter={contains}>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- opening the list is asking to be moved into it */}
          <SearchField aria-label="Find a voice" className="voice-search" autoFocus>
            <Input placeholder="Find a voice" />
          </SearchField>
          <ListBox className="voice-list" renderEmptyState={() => <p>No voice is called that.</p>}>
            {groups.map(({ accent, voices }) => (
              <ListBoxSection key={accent} id={accent}>
                <Header>{accent}</Header>
                {voices.map(({ name, description }) => (
                  <ListBoxItem
                    key={name}
                    id={name}
                    textValue={`${nameToTitle(name)} ${description} ${name}`}
                    className="voice-item"
                  >
                    <Text slot="label">{nameToTitle(name)}</Text>
                    <Text slot="description">{description}</Text>
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
