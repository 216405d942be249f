/** Owns: the ways to say the picked word: those of the lexicon and those that the model thinks likely, with its chances. */
import { Button } from 'react-aria-components'
import { withoutHeld } from '../../../speech/2-phones/held'
import { usePhones, useServices, useSettings } from '../../services-context'
import { formatChance } from '../../words/token-words'
import { phonesToSigns } from '../../words/ipa'
import { ORIGINS } from '../../words/origins'

export function WordReadings() {
  const { phones: store } = useServices()
  const script = useSettings((state) => state.phoneScript)
  const readings = usePhones((state) => state.readings)
  const draft = usePhones((state) => state.draft)
  if (readings === null) return <p className="hint">Asking the model for other ways to say it</p>
  if (readings.length === 0) return null
  const current = withoutHeld(draft).join(' ')
  return (
    <div className="phones-readings">
      <p className="phones-label" id="phones-readings">
        Ways to say it, with the chance that the model gives them
      </p>
      <ul aria-labelledby="phones-readings">
        {readings.map(({ phones, origin, probability }) => (
          <li key={phones.join(' ')}>
            <Button
              className="chip"
              aria-pressed={phones.join(' ') === current}
              onPress={() => store.setDraft(phones)}
            >
              {phonesToSigns(phones, script)}
            </Button>
            <span className="phones-chance">
              <span className="bar" aria-hidden="true">
                <span className="bar-fill" style={{ width: `${probability * 100}%` }} />
              </span>
              {formatChance(probability)}
            </span>
            <span className="hint">{ORIGINS[origin]}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
