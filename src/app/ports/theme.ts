/**
 * Owns: the theme outside of React: the root element's `data-theme`, the system's wish, and what was chosen last time.
 * Works without storage.
 */
import type { Scope } from '../scope'
import type { SettingsStore, ThemeChoice } from '../stores/settings-store'

const KEY = 'converge-theme'

export function readTheme(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function keepTheme(theme: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}

/** Keeps `data-theme` at `light` or `dark`. */
export function applyTheme(settings: SettingsStore, scope: Scope): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { theme } = settings.getState()
    const isDark = theme === 'dark' || (theme === 'system' && system.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  }
  apply()
  scope.listen(system, 'change', apply)
  scope.add(settings.subscribe(apply))
}
