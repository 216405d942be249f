/** Owns: a button of the action table: its label, its shortcut as a hint, what it does. */
import { findAction, type ActionId } from '../actions'
import { useServices } from '../services-context'
import { Button } from './button'
import { Icon, type IconName } from './icon'

export interface ActionButtonProps {
  readonly action: ActionId
  readonly look?: 'main' | 'plain' | 'quiet'
  readonly icon?: IconName
  readonly isDisabled?: boolean
  /** For what hands the focus on to it. */
  readonly id?: string
  /** What it does for now instead: one button, so that the focus stays where it was pressed. */
  readonly instead?: {
    readonly label: string
    readonly icon: IconName
    readonly perform: () => void
  } | null
}

export function ActionButton({ action: name, look = 'plain', icon, instead, ...props }: ActionButtonProps) {
  const services = useServices()
  const action = findAction(name)
  const sign = instead?.icon ?? icon
  return (
    <Button
      {...props}
      className={`button button-${look}`}
      onPress={() => (instead ? instead.perform() : action.perform(services))}
      {...(!instead && { 'aria-keyshortcuts': action.keys.replace('Ctrl', 'Control').replaceAll(' ', '') })}
    >
      {sign && <Icon name={sign} />}
      {instead?.label ?? action.label}
    </Button>
  )
}
