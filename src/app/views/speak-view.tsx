/** Owns: the Speak view: what to say and how, then the take that was drawn. */
import './speak-view.css'
import { useDeferredValue } from 'react'
import { ErrorNote } from '../components/error-note'
import { ActionButton } from '../components/action-button'
import { Hideable } from '../components/hideable'
import { useEngine, usePlayback, useSpeak } from '../services-context'
import { CutsNote } from './cuts-note'
import { DrawnUnits } from './drawn-units'
import { PhonesPanel } from './phones/phones-panel'
import { PlanWords } from './plan-words'
import { SeedField } from './seed-field'
import { SpeakProgress } from './speak-progress'
import { TakeCard } from './take-card'
import { TakesSection } from './takes/takes-section'
import { TemperatureField } from './temperature-field'
import { TextBox } from './text-box'
import { VoicePanel } from './voice/voice-panel'
import { VoicePicker } from './voice/voice-picker'

export function SpeakView() {
  const phase = useSpeak((state) => state.phase)
  const error = useSpeak((state) => state.error)
  const plan = useSpeak((state) => state.plan)
  const reachedPhone = useSpeak((state) => state.reachedPhone)
  const takes = useSpeak((state) => state.takes)
  const shown = useSpeak((state) => state.shown)
  const hasVoices = useDeferredValue(useEngine((state) => state.catalogue !== null))
  const isPlaying = usePlayback((state) => state.isPlaying)
  const isBusy = phase !== 'idle'
  // Drawn in slices: a take is a few hundred elements.
  const take = useDeferredValue(takes.find(({ soundId }) => soundId === shown))
  return (
    <div className="speak">
      <section className="card speak-form" aria-label="What to say">
        <TextBox />
        <div className="speak-settings">
          <Hideable name="voice">{hasVoices && <VoicePicker />}</Hideable>
          <Hideable name="temperature">
            <TemperatureField />
          </Hideable>
          <Hideable name="seed">
            <SeedField />
          </Hideable>
        </div>
        <CutsNote />
        <div>
          <Hideable name="phones">
            <PhonesPanel />
          </Hideable>
          <Hideable name="shape">{hasVoices && <VoicePanel />}</Hideable>
        </div>
        <div className="speak-run">
          <ActionButton action="speak" look="main" icon="play" isDisabled={isBusy} />
          <ActionButton action="stop" icon="stop" isDisabled={!isBusy && !isPlaying} />
          <SpeakProgress />
        </div>
        <ErrorNote error={error} />
      </section>
      {isBusy && plan && (
        <section className="card" aria-label="Letters to phones to integers">
          <h2>Letters to phones to integers</h2>
          <PlanWords plan={plan} reachedPhone={reachedPhone} />
          <DrawnUnits />
        </section>
      )}
      <Hideable name="take">{take && <TakeCard key={take.soundId} take={take} />}</Hideable>
      <Hideable name="takes">
        <TakesSection />
      </Hideable>
    </div>
  )
}
