/**
 * Owns: the view, the theme, the engine that the person wants, how phones are written, and what a lesson shows and hides.
 * Plain state; remembering it is the storage ports' job.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EngineChoice } from '../../workers/protocol'
import type { ControlName } from '../words/controls'
import type { PhoneScript } from '../words/ipa'

export const VIEW_NAMES = ['speak', 'listen', 'chances'] as const
export type ViewName = (typeof VIEW_NAMES)[number]
export type ThemeChoice = 'system' | 'light' | 'dark'
export const ENGINE_CHOICES = ['auto', 'wasm', 'wgsl', 'ort'] as const satisfies readonly EngineChoice[]

export interface SettingsState {
  readonly view: ViewName
  readonly theme: ThemeChoice
  /** Of the language model. */
  readonly engine: EngineChoice
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
  readonly readEngine: () => string | null
  readonly keepEngine: (engine: EngineChoice) => void
}

export function createSettingsStore(ports: SettingsPorts): SettingsStore {
  const kept = ports.readTheme()
  const theme = kept === 'light' || kept === 'dark' ? kept : 'system'
  const keptEngine = ports.readEngine()
  const store = createStore<SettingsState>(() => ({
    view: 'speak',
    theme,
    engine: ENGINE_CHOICES.find((choice) => choice === keptEngine) ?? 'auto',
    phoneScript: 'ipa',
    isHelpOpen: false,
    hidden: [],
    lesson: null,
  }))
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) ports.keepTheme(state.theme)
    if (state.engine !== before.engine) ports.keepEngine(state.engine)
  })
  return store
}
