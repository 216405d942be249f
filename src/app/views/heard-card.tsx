/** Owns: what was heard in one recording: words, phones with how sure it was, units, on the recording's own axis. */
import './heard-card.css'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { SoundDesk } from '../desk/sound-desk'
import { useEngine, useListen, useServices } from '../services-context'
import type { Recording } from '../stores/listen-state'
import { heardToTimeline } from '../stores/timeline'
import { formatPercent, formatSeconds } from '../words/format'
import { HeardPhones } from './heard-phones'

const DEFAULT_FRAME_RATE_HZ = 40

export function HeardCard({ recording }: { readonly recording: Recording }) {
  const { listen, chances, settings } = useServices()
  const phase = useListen((state) => state.phase)
  const units = useListen((state) => state.units)
  const phones = useListen((state) => state.phones)
  const result = useListen((state) => state.result)
  const frameRateHz = useEngine((state) => state.catalogue?.frameRateHz ?? DEFAULT_FRAME_RATE_HZ)
  const { seconds, soundId, title, said } = recording
  const timeline = useMemo(() => {
    const words = result?.words ?? []
    return heardToTimeline({ seconds, units, phones, words }, frameRateHz)
  }, [seconds, units, phones, result, frameRateHz])
  const sureness = phones.reduce((sum, { probability }) => sum + probability, 0) / phones.length
  const lookInside = () => {
    settings.setState({ view: 'chances' })
    void chances.open({
      kind: 'heard',
      heard: { title: `What it thought about ${title}`, soundId, timeline },
    })
  }
  return (
    <section className="card heard" aria-label="What it heard">
      <header className="heard-head">
        <h2>What it heard</h2>
        <p className="hint">
          {title}, {formatSeconds(seconds)}
        </p>
      </header>
      <p className="heard-text" data-testid="heard-text" dir="auto">
        {result ? result.text || 'No words.' : phase === 'idle' ? 'Not listened to yet.' : '…'}
      </p>
      {said && <p className="hint">What was said: {said}</p>}
      <HeardPhones phones={phones} />
      {phones.length > 0 && (
        <p className="hint">
          {formatPercent(sureness)} sure on average. The bar under each phone is how sure it was; the words
          are the model’s own spelling of what it heard.
        </p>
      )}
      <SoundDesk
        soundId={soundId}
        timeline={timeline}
        tools={
          <>
            <Button className="button button-plain" isDisabled={!result} onPress={lookInside}>
              Look inside
            </Button>{' '}
            <Button
              className="button button-plain"
              isDisabled={phase !== 'idle'}
              onPress={() => void listen.listenAgain()}
            >
              Listen again
            </Button>
          </>
        }
      />
    </section>
  )
}
