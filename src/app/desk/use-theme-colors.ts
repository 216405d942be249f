/** Owns: the theme's colours as canvas code needs them: read from the custom properties, again when the theme changes. */
import { useSyncExternalStore } from 'react'

export interface ThemeColors {
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly edge: string
  readonly accent: string
  readonly wave: string
  readonly isDark: boolean
}

let cached: { readonly theme: string; readonly colors: ThemeColors } | undefined

function readColors(): ThemeColors {
  const theme = document.documentElement.dataset.theme ?? 'light'
  if (cached?.theme === theme) return cached.colors
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  const colors = {
    ink: read('--ink'),
    muted: read('--muted'),
    line: read('--line'),
    edge: read('--edge'),
    accent: read('--accent'),
    wave: read('--wave'),
    isDark: theme === 'dark',
  }
  cached = { theme, colors }
  return colors
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

export const useThemeColors = (): ThemeColors => useSyncExternalStore(subscribe, readColors)
