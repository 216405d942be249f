/** Owns: the choice between light, dark and what the system wishes. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useServices, useSettings } from '../services-context'
import type { ThemeChoice } from '../stores/settings-store'

const THEMES: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

export function ThemeSwitch() {
  const { settings } = useServices()
  const theme = useSettings((state) => state.theme)
  return (
    <RadioGroup
      className="segments"
      orientation="horizontal"
      value={theme}
      onChange={(value) => {
        const found = THEMES.find(([name]) => name === value)
        if (found) settings.setState({ theme: found[0] })
      }}
    >
      <Label className="visually-hidden">Theme</Label>
      {THEMES.map(([name, label]) => (
        <Radio key={name} value={name} className="segment">
          {label}
        </Radio>
      ))}
    </RadioGroup>
  )
}
