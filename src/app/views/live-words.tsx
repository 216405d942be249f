/** Owns: the words that the microphone hears: firm ones are read out, supposed ones are only shown. */
import { Fragment } from 'react'
import { ScrollBox } from '../components/scroll-box'
import { useListen } from '../services-context'

/** The last ones; the card has all. */
const MAX_WORDS = 300

export function LiveWords() {
  const { words, supposed } = useListen((state) => state.live)
  const isRecording = useListen((state) => state.phase === 'recording')
  const first = Math.max(0, words.length - MAX_WORDS)
  if (!isRecording && words.length === 0) return null
  return (
    <ScrollBox className="live-words" label="Heard so far" dir="auto">
      <p>
        <span role="log" data-testid="live-firm">
          {words.slice(first).map(({ word }, offset) => (
            // Each a node of its own, so that only what comes in is read out.
            <Fragment key={first + offset}>
              {first + offset > 0 && ' '}
              <span>{word}</span>
            </Fragment>
          ))}
        </span>{' '}
        <span data-supposed data-testid="live-supposed">
          {supposed.map(({ word }) => word).join(' ')}
        </span>
        {words.length === 0 && supposed.length === 0 && (
          <span className="hint">Speak: words show up while you do, and stay once you pause.</span>
        )}
      </p>
    </ScrollBox>
  )
}
