/**
 * Owns: the one table of what a person can do by button or shortcut, and the help that lists it. Shortcuts have a modifier
 * or are Escape, so that none fires while somebody types or dictates; the few single keys work outside of fields only, and
 * can be turned off. Knows no component.
 */
import type { Services } from './services'
import type { ViewName } from './stores/settings-store'
import { SEED_MAX } from './stores/speak-settings'

export type ActionId =
  | 'speak'
  | 'draw-grid'
  | 'stop'
  | 'new-seed'
  | 'play-number'
  | 'swap-takes'
  | 'record'
  | 'show-speak'
  | 'show-listen'
  | 'show-chances'
  | 'show-help'

export interface Action {
  readonly id: ActionId
  readonly label: string
  /** As printed in the help. */
  readonly keys: string
  readonly matches: (event: KeyboardEvent) => boolean
  readonly isEnabled: (services: Services) => boolean
  readonly perform: (services: Services, event?: KeyboardEvent) => void
}

const withControl = (event: KeyboardEvent, key: string) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && event.key === key
/** By the key's place: with Alt held, many layouts print another sign. */
const withAlt = (event: KeyboardEvent, code: string) =>
  event.altKey && !event.ctrlKey && !event.metaKey && event.code === code

const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.closest('input:not([type=checkbox]), textarea, [role=listbox]') !== null
const alone = (event: KeyboardEvent) =>
  !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented && !isTyping(event)
const canCompare = ({ settings, compare }: Services) =>
  settings.getState().view === 'speak' && compare.getState().areKeysOn && compare.getState().order.length > 0

interface ViewWork {
  readonly isBusy: (services: Services) => boolean
  readonly stop: (services: Services) => void
}

/** Stopping ends what the person sees going on; what another view is busy with goes on. */
const WORK: Readonly<Record<ViewName, ViewWork>> = {
  speak: {
    isBusy: ({ speak, grid }) => speak.getState().phase !== 'idle' || grid.getState().phase !== 'idle',
    stop({ speak, grid }) {
      speak.stop()
      grid.cancel()
    },
  },
  listen: {
    isBusy: ({ listen, sayBack }) =>
      listen.getState().phase !== 'idle' || sayBack.getState().phase !== 'idle',
    stop({ listen, sayBack }) {
      if (listen.getState().phase === 'recording') listen.stopRecording()
      else listen.cancel()
      sayBack.stop()
    },
  },
  chances: {
    isBusy: ({ chances }) => chances.getState().phase !== 'idle',
    stop: ({ chances }) => chances.stop(),
  },
}

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
    id: 'draw-grid',
    label: 'Draw grid',
    keys: 'Alt + G',
    matches: (event) => withAlt(event, 'KeyG'),
    isEnabled: ({ settings, grid }) =>
      settings.getState().view === 'speak' && grid.getState().phase === 'idle',
    perform: ({ grid }) => void grid.draw(),
  },
  {
    id: 'play-number',
    label: 'Play the take with this number',
    keys: '1 to 9',
    matches: (event) => alone(event) && /^[1-9]$/.test(event.key),
    isEnabled: canCompare,
    perform: ({ compare }, event) => compare.playNumber(Number(event?.key)),
  },
  {
    id: 'swap-takes',
    label: 'Back to the take heard before, and back again',
    keys: 'X',
    matches: (event) => alone(event) && event.key.toLowerCase() === 'x',
    isEnabled: canCompare,
    perform: ({ compare }) => compare.swap(),
  },
  {
    id: 'stop',
    label: 'Stop',
    keys: 'Escape',
    matches: (event) => event.key === 'Escape' && !event.defaultPrevented,
    isEnabled: (services) =>
      WORK[services.settings.getState().view].isBusy(services) || services.playback.getState().isPlaying,
    perform: (services) => {
      WORK[services.settings.getState().view].stop(services)
      services.playback.pause()
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
    id: 'show-chances',
    label: 'Go to Chances',
    keys: 'Alt + 3',
    matches: (event) => withAlt(event, 'Digit3'),
    isEnabled: () => true,
    perform: ({ settings }) => settings.setState({ view: 'chances' }),
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
