/** Owns: the desk's buttons: play and pause, the time, zoom, and how phones are written. */
import type { ReactNode } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import { Icon } from '../components/icon'
import { useServices, useSettings } from '../services-context'

const ZOOM_STEP = 1.6

interface DeskToolsProps {
  readonly isPlaying: boolean
  readonly now: number
  readonly seconds: number
  readonly onToggle: () => void
  readonly onZoom: (factor: number) => void
  readonly onFit: () => void
  readonly children?: ReactNode
}

export function DeskTools(props: DeskToolsProps) {
  const { isPlaying, now, seconds, onToggle, onZoom, onFit, children } = props
  const { settings, playback } = useServices()
  const script = useSettings((state) => state.phoneScript)
  return (
    <div className="desk-tools">
      <Button
        className="button button-plain"
        onPress={() => {
          playback.wake()
          onToggle()
        }}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
        {isPlaying ? 'Pause' : 'Play'}
      </Button>
      <span className="desk-time" data-testid="desk-time">
        {now.toFixed(2)} / {seconds.toFixed(2)} s
      </span>
      <fieldset className="desk-zoom" aria-label="Zoom">
        <Button className="button button-icon" aria-label="Zoom out" onPress={() => onZoom(1 / ZOOM_STEP)}>
          <Icon name="minus" />
        </Button>
        <Button className="button button-icon" aria-label="Zoom in" onPress={() => onZoom(ZOOM_STEP)}>
          <Icon name="plus" />
        </Button>
        <Button className="button button-icon" aria-label="Fit to width" onPress={onFit}>
          <Icon name="fit" />
        </Button>
      </fieldset>
      <RadioGroup
        className="segments"
        orientation="horizontal"
        value={script}
        onChange={(value) => settings.setState({ phoneScript: value === 'arpabet' ? 'arpabet' : 'ipa' })}
      >
        <Label className="visually-hidden">Phones written in</Label>
        <Radio value="ipa" className="segment">
          IPA
        </Radio>
        <Radio value="arpabet" className="segment">
          ARPAbet
        </Radio>
      </RadioGroup>
      <div className="desk-more">{children}</div>
    </div>
  )
}
