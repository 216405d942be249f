/** Owns: pitch, pace and breath, as moves of the vocoder's own controls: the integers stay what they are. */
import { Button } from '../../components/button'
import { SliderField } from '../../components/slider-field'
import { MOVE_LIMITS, NO_MOVES, type VocoderMoves } from '../../../speech/4-wave/moves'
import { useServices, useSpeak } from '../../services-context'
import { isStill } from '../../stores/speak-settings'

const MOVES: readonly (readonly [
  move: keyof VocoderMoves,
  label: string,
  step: number,
  format: Intl.NumberFormatOptions,
])[] = [
  ['pitchSemitones', 'Pitch, in semitones', 0.5, { signDisplay: 'exceptZero', minimumFractionDigits: 1 }],
  ['pace', 'Pace, times as fast', 0.05, { minimumFractionDigits: 2 }],
  ['breathinessDb', 'Breath, in decibels', 1, { signDisplay: 'exceptZero' }],
]

export function VoiceMoves() {
  const { speak } = useServices()
  const moves = useSpeak((state) => state.moves)
  const isBusy = useSpeak((state) => state.phase !== 'idle')
  const hasTake = useSpeak((state) => state.shown !== null)
  return (
    <section className="voice-part" aria-label="Move the voice">
      <h3>Pitch, pace, breath</h3>
      <p className="hint">
        Handles of the vocoder: the tokens stay the same, only how they are sung changes.
        {moves.pace !== 1 && ' With another pace the sound starts when its sentence is whole.'}
      </p>
      {MOVES.map(([move, label, step, format]) => (
        <SliderField
          key={move}
          label={label}
          value={moves[move]}
          range={MOVE_LIMITS[move]}
          step={step}
          format={format}
          onChange={(value) => speak.setState({ moves: { ...moves, [move]: Number(value.toFixed(2)) } })}
        />
      ))}
      <div className="voice-sources">
        <Button
          className="button button-plain"
          isDisabled={isStill(moves)}
          onPress={() => speak.setState({ moves: NO_MOVES })}
        >
          Move nothing
        </Button>
        <Button
          className="button button-plain"
          isDisabled={isBusy || !hasTake}
          onPress={() => void speak.resing()}
        >
          Same tokens, this voice
        </Button>
      </div>
    </section>
  )
}
