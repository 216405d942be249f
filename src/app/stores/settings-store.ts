/** Owns: the view, the theme, how phones are written, and what a lesson shows and hides. Plain state; remembering it is the storage port's job. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ControlName } from '../words/controls'
import type { PhoneScript } from '../words/ipa'

export const VIEW_NAMES = ['speak', 'listen', 'chances'] as const
export type ViewName = (typeof VIEW_NAMES)[number]
export type ThemeChoice = 'system' | 'light' | 'dark'

export interface SettingsState {
  readonly view: ViewName
  readonly theme: ThemeChoice
  readonly phoneScript: PhoneScript
  readonly isHelpOpen: boolean
  /** Controls that a lesson leaves out. */
  readonly hidden: readonly ControlName[]
  /** The lesson at the side; null: none is open. */
  readonly lesson: string | null
}

export type SettingsStore = StoreApi<SettingsState>

export interface SettingsPorts {
  readonly readTheme: () => string | null
  readonly keepTheme: (theme: ThemeChoice) => void
}

export function createSettingsStore(ports: SettingsPorts): SettingsStore {
  const kept = ports.readTheme()
  const theme = kept === 'light' || kept === 'dark' ? kept : 'system'
  const store = createStore<SettingsState>(() => ({
    view: 'speak',
    theme,
    phoneScript: 'ipa',
    isHelpOpen: false,
    hidden: [],
    lesson: null,
  }))
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) ports.keepTheme(state.theme)
  })
  return store
}
