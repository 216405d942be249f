/** Owns: the menu of files that what was heard can be saved as, the sound itself among them. */
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import type { ListenResult } from '../../../workers/protocol'
import type { SoundId } from '../../../workers/spectrogram'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useAttempt } from '../../components/use-attempt'
import { saveFile } from '../../ports/save-file'
import { useServices } from '../../services-context'
import { saveWav } from '../downloads/save-wav'
import { HEARD_FORMATS, heardToFile, type HeardAbout } from '../../words/heard-files'

interface ExportMenuProps {
  readonly result: ListenResult | null
  readonly about: HeardAbout
  readonly soundId: SoundId
}

const WAV = 'wav'

export function ExportMenu({ result, about, soundId }: ExportMenuProps) {
  const { shelf } = useServices()
  const { attempt, error } = useAttempt()
  const save = (formatId: string) => {
    if (formatId === WAV) attempt(() => saveWav(shelf, soundId, about.title))
    const file = result && heardToFile(formatId, result, about)
    if (file) saveFile(file.text, `${file.mimeType};charset=utf-8`, file.name)
  }
  return (
    <>
      <MenuTrigger>
        <Button className="button button-plain">
          <Icon name="download" />
          Save as
        </Button>
        <Popover className="menu-popover" placement="bottom end">
          <Menu
            className="menu"
            aria-label="Save what was heard as"
            disabledKeys={result ? [] : HEARD_FORMATS.map(({ id }) => id)}
            onAction={(key) => save(String(key))}
          >
            {HEARD_FORMATS.map(({ id, label, hint }) => (
              <MenuItem key={id} id={id} textValue={label} className="menu-item">
                <Text slot="label">{label}</Text>
                <Text slot="description">{hint}</Text>
              </MenuItem>
            ))}
            <MenuItem id={WAV} textValue="WAV" className="menu-item">
              <Text slot="label">WAV</Text>
              <Text slot="description">the recording itself</Text>
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <ErrorNote error={error} />
    </>
  )
}
