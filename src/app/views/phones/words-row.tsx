/** Owns: the words of the text over their phones, each with where its phones come from; one of them is picked to edit. */
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { SpeakPlan } from '../../../workers/protocol'
import { usePhones, useServices, useSettings } from '../../services-context'
import { wordPhones } from '../../stores/phones-edit'
import { phonesToSigns } from '../../words/ipa'
import { ORIGIN_SIGNS, ORIGINS } from '../../words/origins'

const SIGNED = ['model', 'letters', 'typed'] as const

export function WordsRow({ plan }: { readonly plan: SpeakPlan }) {
  const { phones: store } = useServices()
  const script = useSettings((state) => state.phoneScript)
  const picked = usePhones((state) => state.picked)
  if (plan.words.length === 0) {
    return (
      <p className="hint">
        The phones have other words than the text, so they are edited as one line. They are spoken as they
        are.
      </p>
    )
  }
  const used = new Set(plan.words.map(({ origin }) => origin))
  return (
    <>
      <ToggleButtonGroup
        aria-label="Word to edit"
        className="phones-words"
        selectionMode="single"
        selectedKeys={picked === null ? [] : [picked]}
        onSelectionChange={(keys) => {
          const [key] = keys
          store.pick(typeof key === 'number' ? key : null)
        }}
      >
        {plan.words.map((word, i) => (
          <ToggleButton key={i} id={i} className={`phones-word phones-${word.origin}`}>
            <span>
              {word.word}
              <span aria-hidden="true"> {ORIGIN_SIGNS[word.origin]}</span>
            </span>
            <span className="phones-signs">{phonesToSigns(wordPhones(plan, word), script)}</span>
            <span className="visually-hidden">, {ORIGINS[word.origin]}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <p className="hint">
        Words without a sign are from the lexicon
        {SIGNED.filter((origin) => used.has(origin)).map(
          (origin) => `; ${ORIGIN_SIGNS[origin]} ${ORIGINS[origin]}`,
        )}
        .
      </p>
    </>
  )
}
