/** Owns: a button of the action table: its label, its shortcut as a hint, what it does. */
import { Button } from 'react-aria-components'
import { findAction, type ActionId } from '../actions'
import { useServices } from '../services-context'
import { Icon, type IconName } from './icon'

export interface ActionButtonProps {
  readonly action: ActionId
  readonly look?: 'main' | 'plain' | 'quiet'
  readonly icon?: IconName
  readonly isDisabled?: boolean
}

export function ActionButton({ action: id, look = 'plain', icon, isDisabled = false }: ActionButtonProps) {
  const services = useServices()
  const action = findAction(id)
  return (
    <Button
      className={`button button-${look}`}
      isDisabled={isDisabled}
      onPress={() => action.perform(services)}
      aria-keyshortcuts={action.keys.replace('Ctrl', 'Control').replaceAll(' ', '')}
    >
      {icon && <Icon name={icon} />}
      {action.label}
    </Button>
  )
}
