/** Owns: the list of lessons, from which one is opened at the side. */
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Icon } from '../../components/icon'
import { LESSONS } from '../../lessons/lessons'
import { useServices, useSettings } from '../../services-context'

export function LessonsMenu() {
  const { settings } = useServices()
  const open = useSettings((state) => state.lesson)
  return (
    <MenuTrigger>
      <Button id="lessons" className="button button-plain lessons-button">
        <Icon name="book" />
        Lessons
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu
          className="menu"
          selectionMode="single"
          selectedKeys={open === null ? [] : [open]}
          onAction={(key) => settings.setState({ lesson: String(key) })}
        >
          {LESSONS.map(({ name, title }, i) => (
            <MenuItem key={name} id={name} className="menu-item" textValue={title}>
              {i + 1}. {title}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
