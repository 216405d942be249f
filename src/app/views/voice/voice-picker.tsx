/** Owns: the voice of the next take, where it is one of the named ones. */
import { useServices, useSpeak } from '../../services-context'
import { voiceToTitle } from '../../words/voices'
import { VoiceSelect } from './voice-select'

export function VoicePicker() {
  const { speak } = useServices()
  const voice = useSpeak((state) => state.voice)
  return (
    <VoiceSelect
      label="Voice"
      name={voice.kind === 'name' ? voice.name : null}
      placeholder={voiceToTitle(voice)}
      onChange={(name) => speak.setState({ voice: { kind: 'name', name } })}
    />
  )
}
