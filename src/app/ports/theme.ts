/** Owns: the theme outside of React: the root element's `data-theme` and the system's wish. */
import type { Scope } from '../scope'
import type { SettingsStore } from '../stores/settings-store'

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
