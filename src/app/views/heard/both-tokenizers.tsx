/** Owns: what the two tokenizers made of the same recording, side by side, with the words marked that differ. */
import './both-tokenizers.css'
import { Fragment } from 'react'
import { wordErrorRate } from '../../../speech/measure/errorRate'
import type { ListenResult } from '../../../workers/protocol'
import { Button } from '../../components/button'
import { useListen, useServices } from '../../services-context'
import { otherTokenizer } from '../../stores/listen-state'
import { formatCount, formatPercent } from '../../words/format'
import { TOKENIZERS } from '../tokenizers'

/** More words are shown without marks: comparing them would hold up the page. */
const MAX_COMPARED_WORDS = 400

function meanOf(values: readonly { readonly probability: number }[]): number {
  return values.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, values.length)
}

/** The words of `own`, those marked that `other` lacks. */
function MarkedText({ own, other }: { readonly own: ListenResult; readonly other: ListenResult }) {
  if (own.words.length > MAX_COMPARED_WORDS || other.words.length > MAX_COMPARED_WORDS) return own.text
  const { pairs } = wordErrorRate(other.text, own.text)
  return pairs.map((pair, index) =>
    'heard' in pair ? (
      // oxlint-disable-next-line react/no-array-index-key -- a word is its place
      <Fragment key={index}>{pair.kind === 'same' ? pair.heard : <mark>{pair.heard}</mark>} </Fragment>
    ) : null,
  )
}

export function BothTokenizers() {
  const { listen } = useServices()
  const { results, heardBy, tokenizer, phase } = useListen((state) => state)
  const { whisper, mel } = results
  if (!whisper || !mel) {
    return (
      <Button
        className="button button-plain both-button"
        isDisabled={phase !== 'idle' || (!whisper && !mel)}
        onPress={() => void listen.hearWithOther()}
      >
        Hear it with the other tokenizer too: {TOKENIZERS[otherTokenizer(heardBy ?? tokenizer)].title}
      </Button>
    )
  }
  const sides = [
    ['whisper', whisper, mel],
    ['mel', mel, whisper],
  ] as const
  return (
    <section className="both" aria-label="Both tokenizers">
      {sides.map(([name, own, other]) => (
        <div key={name} className="both-side">
          <h3>{TOKENIZERS[name].title}</h3>
          <p data-testid={`heard-by-${name}`} dir="auto">
            {own.text === '' ? 'No words.' : <MarkedText own={own} other={other} />}
          </p>
          <p className="hint">
            {formatCount(own.phones.length, 'phone')}, {formatPercent(meanOf(own.phones))} sure on average;{' '}
            {formatCount(own.words.length, 'word')}, {formatPercent(meanOf(own.words))} sure
          </p>
        </div>
      ))}
    </section>
  )
}
