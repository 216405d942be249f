/** Owns: the list of shortcuts, straight from the action table. */
import './help-dialog.css'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { ACTIONS, DESK_KEYS } from '../actions'
import { useServices, useSettings } from '../services-context'

export function HelpDialog() {
  const { settings } = useServices()
  const isOpen = useSettings((state) => state.isHelpOpen)
  return (
    <ModalOverlay
      className="veil"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(isHelpOpen) => settings.setState({ isHelpOpen })}
    >
      <Modal className="sheet">
        <Dialog className="help">
          <Heading slot="title">Keyboard</Heading>
          <table>
            <caption className="visually-hidden">Shortcuts</caption>
            <tbody>
              {ACTIONS.map(({ id, keys, label }) => (
                <tr key={id}>
                  <th scope="row">{keys}</th>
                  <td>{label}</td>
                </tr>
              ))}
              {DESK_KEYS.map(([keys, meaning]) => (
                <tr key={keys}>
                  <th scope="row">{keys}</th>
                  <td>{meaning}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button slot="close" className="button button-main">
            Close
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
