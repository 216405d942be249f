/** Owns: the choice among the last takes, to compare them. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { useServices, useSpeak } from '../services-context'
import { formatSeconds } from '../words/format'
import { cutsToText } from '../words/cuts'
import { voiceToTitle } from '../words/voices'

export function TakesList() {
  const { speak, playback } = useServices()
  const takes = useSpeak((state) => state.takes)
  const shown = useSpeak((state) => state.shown)
  if (takes.length < 2) return null
  return (
    <RadioGroup
      className="takes"
      orientation="horizontal"
      value={String(shown)}
      onChange={(value) => {
        playback.pause()
        speak.setState({ shown: Number(value) })
      }}
    >
      <Label>Last takes</Label>
      {takes.map(({ soundId, voice, temperature, seed, cuts, timeline }) => (
        <Radio key={soundId} value={String(soundId)} className="chip">
          {voiceToTitle(voice)}, T {temperature.toFixed(2)}, seed {seed}
          {cutsToText(cuts)}, {formatSeconds(timeline.seconds)}
        </Radio>
      ))}
    </RadioGroup>
  )
}
