/**
 * Owns: the theme's colours as canvas code needs them: read from the custom properties, again when the theme changes or the
 * system forces its own.
 */
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

let cached: { readonly key: string; readonly colors: ThemeColors } | undefined

const forced = matchMedia('(forced-colors: active)')
const forcedDark = matchMedia('(forced-colors: active) and (prefers-color-scheme: dark)')

function readColors(): ThemeColors {
  const theme = document.documentElement.dataset.theme ?? 'light'
  const isDark = forced.matches ? forcedDark.matches : theme === 'dark'
  const key = `${theme} ${forced.matches} ${isDark}`
  if (cached?.key === key) return cached.colors
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  const colors = {
    ink: read('--ink'),
    muted: read('--muted'),
    line: read('--line'),
    edge: read('--edge'),
    accent: read('--accent'),
    wave: read('--wave'),
    isDark,
  }
  cached = { key, colors }
  return colors
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  for (const query of [forced, forcedDark]) query.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    for (const query of [forced, forcedDark]) query.removeEventListener('change', onChange)
  }
}

export const useThemeColors = (): ThemeColors => useSyncExternalStore(subscribe, readColors)
