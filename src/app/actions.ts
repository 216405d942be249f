/**
 * Owns: the one table of what a person can do by button or shortcut, and the help that lists it. Every shortcut has a
 * modifier or is Escape, so that none fires while somebody types or dictates. Knows no component.
 */
import type { Services } from './services'
import { SEED_MAX } from './stores/speak-store'

export type ActionId = 'speak' | 'stop' | 'new-seed' | 'record' | 'show-speak' | 'show-listen' | 'show-help'

export interface Action {
  readonly id: ActionId
  readonly label: string
  /** As printed in the help. */
  readonly keys: string
  readonly matches: (event: KeyboardEvent) => boolean
  readonly isEnabled: (services: Services) => boolean
  readonly perform: (services: Services) => void
}

const withControl = (event: KeyboardEvent, key: string) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && event.key === key
/** By the key's place: with Alt held, many layouts print another sign. */
const withAlt = (event: KeyboardEvent, code: string) =>
  event.altKey && !event.ctrlKey && !event.metaKey && event.code === code

export const ACTIONS: readonly Action[] = [
  {
    id: 'speak',
    label: 'Speak',
    keys: 'Ctrl + Enter',
    matches: (event) => withControl(event, 'Enter'),
    isEnabled: ({ speak, settings }) =>
      settings.getState().view === 'speak' && speak.getState().phase === 'idle',
    perform: ({ speak }) => void speak.speak(),
  },
  {
    id: 'stop',
    label: 'Stop',
    keys: 'Escape',
    matches: (event) => event.key === 'Escape' && !event.defaultPrevented,
    isEnabled: ({ speak, listen, playback }) =>
      speak.getState().phase !== 'idle' ||
      listen.getState().phase !== 'idle' ||
      playback.getState().isPlaying,
    perform: ({ speak, listen, playback }) => {
      speak.stop()
      if (listen.getState().phase === 'recording') listen.stopRecording()
      else listen.cancel()
      playback.pause()
    },
  },
  {
    id: 'new-seed',
    label: 'New seed',
    keys: 'Alt + D',
    matches: (event) => withAlt(event, 'KeyD'),
    isEnabled: ({ settings }) => settings.getState().view === 'speak',
    perform: ({ speak }) => speak.setState({ seed: 1 + Math.floor(Math.random() * SEED_MAX) }),
  },
  {
    id: 'record',
    label: 'Record',
    keys: 'Alt + R',
    matches: (event) => withAlt(event, 'KeyR'),
    isEnabled: ({ listen, settings }) =>
      settings.getState().view === 'listen' && listen.getState().phase === 'idle',
    perform: ({ listen }) => void listen.record(),
  },
  {
    id: 'show-speak',
    label: 'Go to Speak',
    keys: 'Alt + 1',
    matches: (event) => withAlt(event, 'Digit1'),
    isEnabled: () => true,
    perform: ({ settings }) => settings.setState({ view: 'speak' }),
  },
  {
    id: 'show-listen',
    label: 'Go to Listen',
    keys: 'Alt + 2',
    matches: (event) => withAlt(event, 'Digit2'),
    isEnabled: () => true,
    perform: ({ settings }) => settings.setState({ view: 'listen' }),
  },
  {
    id: 'show-help',
    label: 'Keyboard help',
    keys: 'Ctrl + /',
    matches: (event) => withControl(event, '/'),
    isEnabled: () => true,
    perform: ({ settings }) => settings.setState({ isHelpOpen: true }),
  },
]

export function findAction(id: ActionId): Action {
  const action = ACTIONS.find((candidate) => candidate.id === id)
  if (!action) throw new Error(`no action ${id}`)
  return action
}

/** Keys of the sound desk: they work only where the focus is, so they need no modifier. */
export const DESK_KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['Left, Right', 'on the playhead: a tenth of a second; on the phones: one phone'],
  ['Page Up, Page Down', 'on the playhead: one second'],
  ['Home, End', 'first and last'],
  ['Space, Enter', 'on the playhead: play or pause; on a phone: hear just that phone'],
  ['+, −, 0', 'zoom in, zoom out, fit'],
]
