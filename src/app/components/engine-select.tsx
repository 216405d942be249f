/** Owns: the choice of the language model's engine; beside each, whether it runs here, and why or why not. */
import './engine-select.css'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components'
import type { EngineChoice, EngineReport } from '../../workers/protocol'
import { useEngine, useServices, useSettings } from '../services-context'
import { ENGINE_CHOICES } from '../stores/settings-store'
import { Icon } from './icon'

const TITLES: Readonly<Record<EngineChoice, string>> = {
  auto: 'Automatic',
  wasm: 'WebAssembly',
  wgsl: 'WebGPU',
  ort: 'ONNX Runtime',
}

function describe(choice: EngineChoice, report: EngineReport | null): string {
  if (choice === 'auto') return 'The fastest that is right here.'
  if (report?.engine === choice) return `Runs now. ${report.reason}`
  return report?.rejected.find(({ engine }) => engine === choice)?.reason ?? ''
}

export function EngineSelect() {
  const { settings } = useServices()
  const chosen = useSettings((state) => state.engine)
  const report = useEngine((state) => state.report)
  return (
    <Select
      className="engine-select"
      value={chosen}
      onChange={(key) => {
        const engine = ENGINE_CHOICES.find((choice) => choice === key)
        if (engine) settings.setState({ engine })
      }}
    >
      <Label>Run on</Label>
      <Button className="input select-button">
        <SelectValue>{TITLES[chosen]}</SelectValue>
        <Icon name="chevron" />
      </Button>
      <Popover className="menu-popover engine-popover">
        <ListBox className="menu">
          {ENGINE_CHOICES.map((choice) => (
            <ListBoxItem
              key={choice}
              id={choice}
              textValue={TITLES[choice]}
              className="menu-item engine-item"
            >
              <Text slot="label">{TITLES[choice]}</Text>
              <Text slot="description">{describe(choice, report)}</Text>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
