/** Owns: hearing something on a press, and what went wrong with it. */
import { useState } from 'react'
import { toPlainError, type PlainError } from '../../../speech/errors'

interface Hear {
  readonly hear: (playing: Promise<void>) => void
  readonly error: PlainError | null
}

export function useHear(): Hear {
  const [error, setError] = useState<PlainError | null>(null)
  return {
    error,
    hear(playing) {
      setError(null)
      playing.catch((thrown: unknown) => setError(toPlainError(thrown)))
    },
  }
}
