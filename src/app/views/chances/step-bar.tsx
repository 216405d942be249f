/** Owns: which step is in view: one back, one on, any of them, and hearing the sound from there. */
import { Label, Slider } from 'react-aria-components'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { SliderLine } from '../../components/slider-field'
import { useChances, useServices } from '../../services-context'
import { unitToSeconds, type Timeline } from '../../stores/timeline'
import type { SoundId } from '../../../workers/spectrogram'
import { phoneToName } from '../../words/ipa'
import { formatChance, formatNats, tokenToName } from '../../words/token-words'
import type { Seen } from './use-seen'

interface StepBarProps {
  readonly seen: Seen
  readonly timeline: Timeline
  readonly soundId: SoundId
}

export function StepBar({ seen, timeline, soundId }: StepBarProps) {
  const { chances, playback, shelf } = useServices()
  const step = useChances((state) => state.step)
  const count = useChances((state) => state.steps.length)
  const { frame, phone, drawn, task, surpriseNats, entropyNats } = seen.step
  const seconds = unitToSeconds(timeline, frame)
  const inPhone = task === 'speak' ? timeline.phones[phone]?.phone : undefined
  const playFrom = () => {
    const source = shelf.source(soundId)
    playback.wake()
    if (source) playback.play(source, Math.max(0, seconds))
  }
  return (
    <div className="step-bar">
      <Button
        className="button button-icon"
        aria-label="Step back"
        isDisabled={step === 0}
        onPress={() => chances.goTo(step - 1)}
      >
        <Icon name="back" />
      </Button>
      <Slider
        className="step-slider"
        // Counted as the text beside it counts.
        value={step + 1}
        minValue={1}
        maxValue={Math.max(2, count)}
        onChange={(value) => chances.goTo(value - 1)}
      >
        <Label className="visually-hidden">Step</Label>
        <SliderLine />
      </Slider>
      <Button
        className="button button-icon"
        aria-label="Step forward"
        isDisabled={step >= count - 1}
        onPress={() => chances.goTo(step + 1)}
      >
        <Icon name="play" />
      </Button>
      <Button className="button button-plain" onPress={playFrom}>
        <Icon name="play" />
        Play from here
      </Button>
      <output className="step-text" aria-label="Step in view">
        Step {step + 1} of {count}, at {seconds.toFixed(2)} s
        {inPhone !== undefined && `, in ${phoneToName(inPhone)}`}: {task === 'listen' ? 'took ' : 'drew '}
        {task === 'listen' && seen.vocabulary.isUnit(drawn)
          ? 'the next unit'
          : tokenToName(drawn, seen.vocabulary)}
        , chance {formatChance(Math.exp(-surpriseNats))}, surprise {formatNats(surpriseNats)}, entropy{' '}
        {formatNats(entropyNats)}
      </output>
    </div>
  )
}
