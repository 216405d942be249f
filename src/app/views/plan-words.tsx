/** Owns: what the text became: each word over its phones, who pronounced it, and the signs that nobody could. */
import './plan-words.css'
import { memo } from 'react'
import type { SpeakPlan } from '../../workers/protocol'
import { useSettings } from '../services-context'
import { isSpokenPhone, phoneToSign } from '../words/ipa'
import { ORIGINS } from '../words/origins'
import { formatCount } from '../words/format'

/** More would only slow the page; the rest is spoken all the same. */
const MAX_WORDS = 120
const MAX_SKIPPED = 40

interface PlanWordsProps {
  readonly plan: SpeakPlan
  /** Phones before this one are spoken already. */
  readonly reachedPhone?: number
}

export const PlanWords = memo(function PlanWords({ plan, reachedPhone = Infinity }: PlanWordsProps) {
  const script = useSettings((state) => state.phoneScript)
  const { words, phones, skipped } = plan
  const rest = words.length - MAX_WORDS
  const hasModelWords = words.some(({ origin }) => origin === 'model')
  return (
    <div className="plan">
      <ul className="plan-words">
        {words.slice(0, MAX_WORDS).map(({ word, firstPhone, endPhone, origin }, index) => (
          <li key={index} className={firstPhone <= reachedPhone ? 'plan-word' : 'plan-word plan-word-ahead'}>
            <span className="plan-letters">
              {word}
              {origin === 'model' && <span aria-hidden="true"> ✦</span>}
              {origin !== 'lexicon' && <span className="visually-hidden">, {ORIGINS[origin]}</span>}
            </span>
            <span className="plan-phones">
              {phones
                .slice(firstPhone, endPhone)
                .filter(isSpokenPhone)
                .map((phone) => phoneToSign(phone, script))
                .join(script === 'ipa' ? '' : ' ')}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="hint">… and {formatCount(rest, 'more word')}.</p>}
      {hasModelWords && (
        <p className="hint">
          <span aria-hidden="true">✦ </span>The word list lacks the marked words; the model worked out how to
          say them.
        </p>
      )}
      {skipped.length > 0 && (
        <p className="hint" data-testid="skipped">
          Left out, since nobody can read {skipped.length === 1 ? 'it' : 'them'} aloud:{' '}
          {skipped.slice(0, MAX_SKIPPED).map(signToText).join(', ')}
          {skipped.length > MAX_SKIPPED && ` and ${skipped.length - MAX_SKIPPED} more`}.
        </p>
      )}
    </div>
  )
})

/** Signs without a shape of their own by their number. */
function signToText(sign: string): string {
  const isVisible = /^[\p{L}\p{N}\p{P}\p{S}\p{M}]/u.test(sign)
  const code = sign.codePointAt(0) ?? 0
  return isVisible ? sign : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
