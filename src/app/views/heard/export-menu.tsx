/** Owns: the menu of files that what was heard can be saved as. */
import './export-menu.css'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import type { ListenResult } from '../../../workers/protocol'
import { Icon } from '../../components/icon'
import { saveFile } from '../../ports/save-file'
import { HEARD_FORMATS, heardToFile, type HeardAbout } from '../../words/heard-files'

interface ExportMenuProps {
  readonly result: ListenResult | null
  readonly about: HeardAbout
}

export function ExportMenu({ result, about }: ExportMenuProps) {
  const save = (formatId: string) => {
    const file = result && heardToFile(formatId, result, about)
    if (file) saveFile(new TextEncoder().encode(file.text), `${file.mimeType};charset=utf-8`, file.name)
  }
  return (
    <MenuTrigger>
      <Button className="button button-plain" isDisabled={!result}>
        <Icon name="download" />
        Save as
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu className="menu" aria-label="Save what was heard as" onAction={(key) => save(String(key))}>
          {HEARD_FORMATS.map(({ id, label, hint }) => (
            <MenuItem key={id} id={id} textValue={label} className="menu-item">
              <Text slot="label">{label}</Text>
              <Text slot="description">{hint}</Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
