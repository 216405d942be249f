/** Owns: the microphone's controls: record, pause, stop, which device, how loud, and what is wrong with the level. */
import './microphone-source.css'
import { useEffect } from 'react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import { ActionButton } from '../components/action-button'
import { Icon } from '../components/icon'
import { LevelMeter } from '../components/level-meter'
import { Scope } from '../scope'
import { useListen, useServices } from '../services-context'
import { formatClock } from '../words/format'
import { LiveWords } from './live-words'

const WARNINGS = {
  clipping: 'Too loud: the sound is cut off. Move away from the microphone, or turn it down.',
  silent: 'Nothing comes in. Is the microphone muted, or is another one chosen?',
}

const DEFAULT_DEVICE = 'default'

function DevicePicker() {
  const { listen } = useServices()
  const devices = useListen((state) => state.devices)
  const deviceId = useListen((state) => state.deviceId)
  useEffect(() => {
    const scope = new Scope()
    const find = () => void listen.findDevices()
    find()
    if ('mediaDevices' in navigator) scope.listen(navigator.mediaDevices, 'devicechange', find)
    return () => scope.dispose()
  }, [listen])
  // Before the first leave they have no names, and nobody could tell them apart.
  const named = devices.filter(({ id, label }) => label !== '' && id !== DEFAULT_DEVICE)
  if (named.length < 2) return null
  return (
    <Select
      className="field microphone-device"
      value={deviceId ?? DEFAULT_DEVICE}
      onChange={(key) => listen.setState({ deviceId: key === DEFAULT_DEVICE ? null : String(key) })}
    >
      <Label>Microphone</Label>
      <Button className="input select-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="menu-popover">
        <ListBox className="menu">
          {[{ id: DEFAULT_DEVICE, label: 'The browser’s choice' }, ...named].map(({ id, label }) => (
            <ListBoxItem key={id} id={id} textValue={label} className="menu-item">
              {label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}

function PauseButton() {
  const { listen } = useServices()
  const isPaused = useListen((state) => state.isPaused)
  return (
    <Button
      className="button button-plain"
      data-heir="record"
      onPress={() => (isPaused ? listen.resumeRecording() : listen.pauseRecording())}
    >
      <Icon name={isPaused ? 'microphone' : 'pause'} />
      {isPaused ? 'Go on' : 'Pause'}
    </Button>
  )
}

function Loudness() {
  const seconds = useListen((state) => state.recordedSeconds)
  const level = useListen((state) => state.level)
  return <LevelMeter level={level} time={formatClock(seconds)} />
}

export function MicrophoneSource() {
  const { listen } = useServices()
  const isRecording = useListen((state) => state.phase === 'recording')
  const isBusy = useListen((state) => state.phase !== 'idle')
  const isLive = useListen(({ live }) => isRecording || live.words.length > 0)
  const warning = useListen((state) => (isRecording && !state.isPaused ? state.levelWarning : null))
  const stop = { label: 'Stop recording', icon: 'stop', perform: listen.stopRecording } as const
  return (
    <div className="source source-microphone" {...(isLive && { 'data-live': true })}>
      <h2>Speak to it</h2>
      <div className="microphone-buttons">
        <ActionButton
          id="record"
          action="record"
          look="main"
          icon="microphone"
          isDisabled={isBusy && !isRecording}
          instead={isRecording ? stop : null}
        />
        {isRecording && <PauseButton />}
      </div>
      {isRecording && <Loudness />}
      <output className="level-warning" aria-label="Microphone level">
        {warning && WARNINGS[warning]}
      </output>
      {!isRecording && (
        <>
          <DevicePicker />
          <p className="hint">
            <Icon name="lock" /> Audio stays on this machine.
          </p>
        </>
      )}
      <LiveWords />
    </div>
  )
}
