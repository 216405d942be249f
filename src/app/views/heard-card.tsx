/** Owns: what was heard in one recording: words, phones with how sure it was, units, on the recording's own axis. */
import './heard-card.css'
import { useCallback, useMemo } from 'react'
import type { HeardWord } from '../../workers/protocol'
import { Button } from '../components/button'
import { SoundDesk } from '../desk/sound-desk'
import { useEngine, useListen, useServices } from '../services-context'
import type { Recording } from '../stores/listen-state'
import { heardToTimeline } from '../stores/timeline'
import { formatPercent, formatSeconds } from '../words/format'
import { HeardPhones } from './heard-phones'
import { BothTokenizers } from './heard/both-tokenizers'
import { ExportMenu } from './heard/export-menu'
import { HeardWords } from './heard/heard-words'
import { ReferencePanel } from './heard/reference-panel'
import { SayBack } from './heard/say-back'

const DEFAULT_FRAME_RATE_HZ = 40

export function HeardCard({ recording }: { readonly recording: Recording }) {
  const { listen, chances, settings, shelf, playback } = useServices()
  const phase = useListen((state) => state.phase)
  const units = useListen((state) => state.units)
  const phones = useListen((state) => state.phones)
  const words = useListen((state) => state.words)
  const result = useListen((state) => state.result)
  const tokenizer = useListen((state) => state.heardBy ?? state.tokenizer)
  const frameRateHz = useEngine((state) => state.catalogue?.frameRateHz ?? DEFAULT_FRAME_RATE_HZ)
  const { seconds, soundId, title, said } = recording
  const about = { title, tokenizer, frameRateHz }
  const playWord = useCallback(
    ({ startSeconds, endSeconds }: HeardWord) => {
      const source = shelf.source(soundId)
      playback.wake()
      if (source) playback.play(source, startSeconds, endSeconds)
    },
    [playback, shelf, soundId],
  )
  const timeline = useMemo(() => {
    return heardToTimeline({ seconds, units, phones, words }, frameRateHz)
  }, [seconds, units, phones, words, frameRateHz])
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
      <div data-testid="heard-text">
        {words.length > 0 ? (
          <HeardWords words={words} onPlay={playWord} />
        ) : (
          <p className="heard-text">
            {result ? 'No words.' : phase === 'idle' ? 'Not listened to yet.' : '…'}
          </p>
        )}
      </div>
      {said && <p className="hint">What was said: {said}</p>}
      <BothTokenizers />
      <HeardPhones phones={phones} />
      {phones.length > 0 && (
        <p className="hint">
          {formatPercent(sureness)} sure of the phones on average. The bar under each phone is how sure it
          was.
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
            </Button>{' '}
            <ExportMenu result={result} about={about} soundId={soundId} />
          </>
        }
      />
      <SayBack />
      <ReferencePanel />
    </section>
  )
}
