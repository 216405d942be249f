/** Owns: the picked word: its phones, other ways to say it, the pause after it, and where the change counts. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { SpeakPlan } from '../../../workers/protocol'
import { Button } from '../../components/button'
import { usePhones, useServices, useSpeak } from '../../services-context'
import { pauseAfter, possiblePauses, type Pause } from '../../stores/phones-edit'
import { ORIGINS } from '../../words/origins'
import { PhoneChips } from './phone-chips'
import { WordReadings } from './word-readings'

const PAUSE_NAMES: Readonly<Record<Pause, string>> = {
  none: 'none',
  ',': 'short ,',
  ';': 'medium ;',
  ':': 'medium :',
  '.': 'stop .',
  '?': 'question ?',
  '!': 'call !',
}

export function WordEditor({ plan }: { readonly plan: SpeakPlan }) {
  const { phones: store } = useServices()
  const picked = usePhones((state) => state.picked)
  const draft = usePhones((state) => state.draft)
  const word = picked === null ? undefined : plan.words[picked]
  const isKept = useSpeak((state) => word !== undefined && state.pronunciations.has(word.word))
  if (!word) return <p className="hint">Choose a word to change how it is said, or the pause after it.</p>
  const pauses = possiblePauses(plan, word)
  const count = plan.words.filter((each) => each.word === word.word).length
  return (
    <section className="phones-editor" aria-label={`Edit “${word.word}”`}>
      <h3>
        “{word.word}” <span className="hint">{ORIGINS[word.origin]}</span>
      </h3>
      <PhoneChips key={picked} />
      <WordReadings />
      <div className="phones-tools">
        <Button
          className="button button-plain"
          isDisabled={draft.length === 0 || word.origin === 'letters'}
          onPress={() => store.sayEverywhere()}
        >
          {count > 1 ? `Say it so in all ${count} places` : 'Say it so from now on'}
        </Button>
        <Button
          className="button button-plain"
          isDisabled={draft.length === 0}
          onPress={() => store.sayHere()}
        >
          Only here
        </Button>
        {isKept && (
          <Button className="button button-plain" onPress={() => store.forget(word.word)}>
            Forget my way
          </Button>
        )}
      </div>
      <RadioGroup
        className="phones-pause"
        orientation="horizontal"
        value={pauseAfter(plan, word)}
        onChange={(value) => {
          const pause = pauses.find((each) => each === value)
          if (pause) store.pause(pause)
        }}
      >
        <Label>Pause after it</Label>
        <div className="segments">
          {pauses.map((pause) => (
            <Radio key={pause} value={pause} className="segment">
              {PAUSE_NAMES[pause]}
            </Radio>
          ))}
        </div>
      </RadioGroup>
    </section>
  )
}
