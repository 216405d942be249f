/**
 * Owns: the view, the theme, the engine that the person wants, how phones are written, and what a lesson shows and hides.
 * Plain state; remembering it is the storage ports' job.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EngineChoice } from '../../workers/protocol'
import type { KeptChoice } from '../ports/kept-choice'
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
  readonly theme: KeptChoice<ThemeChoice>
  readonly engine: KeptChoice<EngineChoice>
}

export function createSettingsStore(ports: SettingsPorts): SettingsStore {
  const kept = ports.theme.read()
  const theme = kept === 'light' || kept === 'dark' ? kept : 'system'
  const keptEngine = ports.engine.read()
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
    if (state.theme !== before.theme) ports.theme.keep(state.theme)
    if (state.engine !== before.engine) ports.engine.keep(state.engine)
  })
  return store
}
