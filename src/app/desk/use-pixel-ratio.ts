/** Owns: how many pixels of the screen make one of CSS, as it is and as it changes: by zooming, or on another screen. */
import { useSyncExternalStore } from 'react'

function subscribe(onChange: () => void): () => void {
  let query: MediaQueryList
  // A query answers for one ratio alone, so after each change another is asked.
  const arm = () => {
    query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', change, { once: true })
  }
  const change = () => {
    arm()
    onChange()
  }
  arm()
  return () => query.removeEventListener('change', change)
}

export const usePixelRatio = (): number => useSyncExternalStore(subscribe, () => window.devicePixelRatio || 1)
