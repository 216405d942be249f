/** Owns: saying back what was heard: a voice, and the two ways to say it. */
import './say-back.css'
import { ActionButton } from '../../components/action-button'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useAttempt } from '../../components/use-attempt'
import { useListen, usePlayback, useSayBack, useServices } from '../../services-context'
import type { SayBackWay } from '../../stores/say-back-store'
import { saveWav } from '../downloads/save-wav'
import { VoiceSelect } from '../voice/voice-select'

const WAYS: readonly (readonly [way: SayBackWay, label: string, hint: string])[] = [
  ['tokens', 'Same integers, this voice', 'who spoke changes; pace and melody stay'],
  ['words', 'Same words, spoken anew', 'letters, phones and integers are made again'],
]

export function SayBack() {
  const { sayBack, shelf } = useServices()
  const { voice, phase, sounds, error } = useSayBack((state) => state)
  const result = useListen((state) => state.result)
  const isHeard = usePlayback(
    ({ isPlaying, soundId }) => isPlaying && soundId !== null && Object.values(sounds).includes(soundId),
  )
  const { attempt, error: saveError } = useAttempt()
  const save = async (way: SayBackWay) => {
    const soundId = sounds[way]
    if (soundId === undefined) return
    await saveWav(shelf, soundId, `${result?.text} ${voice}`)
  }
  return (
    <section className="say-back" aria-label="Say it back">
      <h3>Say it back</h3>
      <div className="say-back-row">
        <VoiceSelect
          label="In the voice"
          name={voice}
          onChange={(name) => sayBack.setState({ voice: name })}
        />
        {WAYS.map(([way, label, hint]) => (
          <div key={way} className="say-back-way">
            <span>
              <Button
                className="button button-plain"
                isDisabled={!result || phase !== 'idle' || (way === 'words' && result.text === '')}
                onPress={() => void sayBack.say(way)}
              >
                <Icon name="play" />
                {label}
              </Button>
              {sounds[way] !== undefined && (
                <Button
                  className="button button-icon"
                  aria-label={`Download WAV: ${label}`}
                  onPress={() => attempt(() => save(way))}
                >
                  <Icon name="download" />
                </Button>
              )}
            </span>
            <span className="hint">{hint}</span>
          </div>
        ))}
      </div>
      <div className="say-back-progress">
        <output className="hint" aria-label="Saying back">
          {phase === 'idle' ? '' : 'Making the sound'}
        </output>
        {(phase !== 'idle' || isHeard) && <ActionButton action="stop" icon="stop" />}
      </div>
      <ErrorNote error={error ?? saveError} />
    </section>
  )
}
