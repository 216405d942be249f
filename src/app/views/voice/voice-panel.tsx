/** Owns: everything about the voice beyond its name, folded away: mixing, a recording, and the vocoder's handles. */
import './voice.css'
import { Fold } from '../../components/fold'
import { useSpeak } from '../../services-context'
import { movesToText, voiceToTitle } from '../../words/voices'
import { VoiceMixer } from './voice-mixer'
import { VoiceMoves } from './voice-moves'
import { VoiceRecorder } from './voice-recorder'

export function VoicePanel() {
  const voice = useSpeak((state) => state.voice)
  const moves = useSpeak((state) => state.moves)
  return (
    <Fold title="Shape the voice" summary={voiceToTitle(voice) + movesToText(moves)}>
      <div className="voice-parts">
        <VoiceMixer />
        <VoiceMoves />
        <VoiceRecorder />
      </div>
    </Fold>
  )
}
