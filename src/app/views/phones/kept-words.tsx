/** Owns: the pronunciations that a person keeps for this page, each with a way to forget it. */
import { Button } from 'react-aria-components'
import { useServices, useSettings, useSpeak } from '../../services-context'
import { phonesToSigns } from '../../words/ipa'

export function KeptWords() {
  const { phones: store } = useServices()
  const script = useSettings((state) => state.phoneScript)
  const pronunciations = useSpeak((state) => state.pronunciations)
  if (pronunciations.size === 0) return null
  return (
    <div className="phones-readings">
      <p className="phones-label" id="phones-kept">
        Kept for this page, and in its link
      </p>
      <ul aria-labelledby="phones-kept">
        {Array.from(pronunciations, ([word, phones]) => (
          <li key={word}>
            <strong>{word}</strong> <span className="phones-signs">{phonesToSigns(phones, script)}</span>
            <Button
              className="button button-quiet"
              aria-label={`Forget “${word}”`}
              onPress={() => store.forget(word)}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
