/** Owns: a voice between two or three named ones: a share for each, all of them 100 %. */
import { USUAL_VOICE } from '../../../speech/voices/usual'
import { Button } from '../../components/button'
import { SliderField } from '../../components/slider-field'
import { Icon } from '../../components/icon'
import { setShare, toShares } from '../../../speech/voices/shares'
import { LINK_LIMITS, type LinkVoice } from '../../../speech/links/state'
import { useEngine, useServices, useSpeak } from '../../services-context'
import { nameToTitle } from '../../words/voices'
import { VoiceSelect } from './voice-select'

type Parts = Extract<LinkVoice, { kind: 'mix' }>['parts']

const PERCENT = { style: 'unit', unit: 'percent' } as const

export function VoiceMixer() {
  const { speak } = useServices()
  const voice = useSpeak((state) => state.voice)
  const voices = useEngine((state) => state.catalogue?.voices)
  const parts = voice.kind === 'mix' ? voice.parts : []
  const setParts = (next: Parts) => {
    const only = next.length === 1 ? next[0] : undefined
    speak.setState({ voice: only ? { kind: 'name', name: only.name } : { kind: 'mix', parts: next } })
  }
  const setShares = (shares: readonly number[]) =>
    setParts(parts.map(({ name }, i) => ({ name, weight: shares[i] })))
  /** One that is not in the mix yet, of another accent where there is one. */
  const another = (taken: readonly string[]) => {
    const free = voices?.filter(({ name }) => !taken.includes(name)) ?? []
    const wordOf = (name: string) => name.slice(0, 2)
    return (free.find(({ name }) => taken.every((each) => wordOf(each) !== wordOf(name))) ?? free[0])?.name
  }
  const add = () => {
    const before =
      parts.length > 0 ? parts : [{ name: voice.kind === 'name' ? voice.name : USUAL_VOICE, weight: 50 }]
    const name = another(before.map((part) => part.name))
    if (!name) return
    const weights = [...before, { weight: 0 }].map(({ weight }) => weight)
    const shares = setShare(toShares(weights), before.length, 100 / (before.length + 1))
    setParts([...before, { name, weight: 0 }].map((part, i) => ({ name: part.name, weight: shares[i] })))
  }
  const shares = parts.length > 0 ? toShares(parts.map(({ weight }) => weight)) : []
  return (
    <section className="voice-part" aria-label="Mix voices">
      <h3>Mix voices</h3>
      <p className="hint">
        A voice is 32 numbers, a direction. Between two voices lie others, which nobody has.
      </p>
      {parts.map(({ name }, i) => (
        <div key={i} className="voice-mix">
          <VoiceSelect
            label={`Voice ${i + 1}`}
            name={name}
            onChange={(chosen) => setParts(parts.with(i, { name: chosen, weight: shares[i] }))}
          />
          <SliderField
            label={`Share of ${nameToTitle(name)}`}
            value={shares[i]}
            range={[0, 100]}
            step={1}
            format={PERCENT}
            onChange={(value) => setShares(setShare(shares, i, value))}
          />
          <Button
            className="button button-icon"
            aria-label={`Take ${nameToTitle(name)} out of the mix`}
            onPress={() => {
              const rest = parts.filter((_, at) => at !== i)
              const weights = rest.map(({ weight }) => weight)
              const left = toShares(weights.some((weight) => weight > 0) ? weights : weights.map(() => 1))
              setParts(rest.map((part, at) => ({ name: part.name, weight: left[at] })))
            }}
          >
            <Icon name="minus" />
          </Button>
        </div>
      ))}
      {parts.length < LINK_LIMITS.mixedVoices && (
        <Button className="button button-plain" isDisabled={!voices} onPress={add}>
          <Icon name="plus" />
          {parts.length === 0 ? 'Mix in a second voice' : 'Mix in a third voice'}
        </Button>
      )}
    </section>
  )
}
