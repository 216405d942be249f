/** Owns: one take: its words, its picture on the time axis, its file, and the takes before it. */
import './take-card.css'
import { Button } from 'react-aria-components'
import { ErrorNote } from '../components/error-note'
import { Icon } from '../components/icon'
import { useAttempt } from '../components/use-attempt'
import { SoundDesk } from '../desk/sound-desk'
import { useServices } from '../services-context'
import type { Take } from '../stores/speak-store'
import { saveWav } from './downloads/save-wav'
import { cutsToText } from '../words/cuts'
import { movesToText, voiceToTitle } from '../words/voices'
import { useLookInside } from './chances/look-inside'
import { PlanWords } from './plan-words'
import { TakesList } from './takes-list'

export function TakeCard({ take }: { readonly take: Take }) {
  const { shelf } = useServices()
  const lookInside = useLookInside()
  const { soundId, text, voice, moves, temperature, seed, cuts, plan, timeline, isStored } = take
  const { attempt, error } = useAttempt()
  return (
    <section className="card take" aria-label="The take">
      <header className="take-head">
        <h2>{isStored ? 'A take to start with' : 'The take'}</h2>
        <p className="hint">
          {voiceToTitle(voice)}, temperature {temperature.toFixed(2)}, seed {seed}
          {cutsToText(cuts)}
          {movesToText(moves)}
          {isStored && '. Stored with the page, so that there is something to hear at once'}
        </p>
      </header>
      <TakesList />
      <PlanWords plan={plan} />
      <SoundDesk
        soundId={soundId}
        timeline={timeline}
        tools={
          <>
            <Button className="button button-plain" onPress={() => lookInside(take)}>
              Look inside
            </Button>{' '}
            <Button
              className="button button-plain"
              onPress={() => attempt(() => saveWav(shelf, soundId, text))}
            >
              <Icon name="download" />
              Download WAV
            </Button>
          </>
        }
      />
      <ErrorNote error={error} />
    </section>
  )
}
