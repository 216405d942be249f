/** Owns: the ways to hand the page on: its link, a citation, and what a lesson leaves out. */
import './share.css'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Icon } from '../../components/icon'
import { useLink, useServices } from '../../services-context'
import { HideDialog } from './hide-dialog'

export function ShareMenu() {
  const { link } = useServices()
  const copied = useLink((state) => state.copied)
  const [isHiding, setHiding] = useState(false)
  return (
    <>
      <MenuTrigger>
        <Button className="button button-plain share-button">
          <Icon name="link" />
          Share
        </Button>
        <Popover className="menu-popover" placement="bottom end">
          <Menu className="menu">
            <MenuItem className="menu-item" onAction={() => void link.copyLink()}>
              Copy link
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void link.copyCitation()}>
              Copy as citation
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => setHiding(true)}>
              Hide controls for a lesson…
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <output aria-label="Copied" className="hint share-copied">
        {copied}
      </output>
      <HideDialog isOpen={isHiding} onOpenChange={setHiding} />
    </>
  )
}
