/** Owns: the choice of what a lesson leaves out of the page. */
import {
  Button,
  Checkbox,
  CheckboxGroup,
  Dialog,
  Heading,
  Label,
  Modal,
  ModalOverlay,
} from 'react-aria-components'
import { Icon } from '../../components/icon'
import { useServices, useSettings } from '../../services-context'
import { CONTROL_NAMES, CONTROLS, isControlName } from '../../words/controls'

interface HideDialogProps {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
}

export function HideDialog({ isOpen, onOpenChange }: HideDialogProps) {
  const { settings, link } = useServices()
  const hidden = useSettings((state) => state.hidden)
  return (
    <ModalOverlay className="veil" isDismissable isOpen={isOpen} onOpenChange={onOpenChange}>
      <Modal className="sheet">
        <Dialog className="hide-dialog">
          <Heading slot="title">Hide controls for a lesson</Heading>
          <p className="hint">
            What is hidden stays as it is set. The link remembers it, so that a class finds only what it
            needs.
          </p>
          <CheckboxGroup
            className="hide-list"
            value={[...hidden]}
            onChange={(names) => settings.setState({ hidden: names.filter(isControlName) })}
          >
            <Label>Hidden</Label>
            {CONTROL_NAMES.map((name) => (
              <Checkbox key={name} value={name} className="check">
                <span className="check-box" aria-hidden="true">
                  <Icon name="check" />
                </span>
                {CONTROLS[name]}
              </Checkbox>
            ))}
          </CheckboxGroup>
          <div className="hide-tools">
            <Button
              className="button button-main"
              onPress={() => {
                void link.copyLink()
                onOpenChange(false)
              }}
            >
              Copy link
            </Button>
            <Button className="button button-plain" onPress={() => settings.setState({ hidden: [] })}>
              Hide nothing
            </Button>
            <Button slot="close" className="button button-plain">
              Close
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
