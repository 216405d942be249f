/**
 * Owns: work that a press starts and no store looks after, such as saving a file: whether it runs, and what went wrong, for an
 * ErrorNote beside it.
 */
import { useState } from 'react'
import { ConvergeError, toPlainError, type PlainError } from '../../speech/errors'

interface Attempt {
  /** @param otherwise the sentence for what fails without one of its own */
  readonly attempt: (work: () => unknown, otherwise?: string) => void
  readonly isBusy: boolean
  readonly error: PlainError | null
}

export function useAttempt(): Attempt {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<PlainError | null>(null)
  async function run(work: () => unknown, otherwise: string | undefined): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      const plain = toPlainError(thrown)
      const isTold = thrown instanceof ConvergeError || otherwise === undefined
      setError(isTold ? plain : { ...plain, message: otherwise })
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, attempt: (work, otherwise) => void run(work, otherwise) }
}
