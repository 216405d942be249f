/** Owns: the way from a take of the Speak view into the Chances view. */
import { toPlainError } from '../../../speech/errors'
import { useServices } from '../../services-context'
import type { Take } from '../../stores/speak-store'

export function useLookInside(): (take: Take) => void {
  const { takes, chances, settings } = useServices()
  return (take) => {
    settings.setState({ view: 'chances' })
    chances.setState({ phase: 'loading', error: null })
    takes.adopt(take).then(
      (id) => chances.open({ kind: 'take', id }),
      (thrown: unknown) => chances.setState({ phase: 'idle', error: toPlainError(thrown) }),
    )
  }
}
