/** Owns: which engine was wanted last time, kept by the browser. Works without storage. */
import type { EngineChoice } from '../../workers/protocol'

const KEY = 'converge-engine'

export function readEngine(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function keepEngine(engine: EngineChoice): void {
  try {
    localStorage.setItem(KEY, engine)
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}
