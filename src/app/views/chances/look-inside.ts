/** Owns: the way from a take of the Speak view into the Chances view. */
import { useServices } from '../../services-context'
import type { Take } from '../../stores/speak-store'

export function useLookInside(): (take: Take) => void {
  const { chances, settings } = useServices()
  return (take) => {
    settings.setState({ view: 'chances' })
    void chances.openSpoken(take)
  }
}
