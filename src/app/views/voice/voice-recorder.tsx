/** Owns: a voice from the microphone or a file, after a plain word about whose voice it is. */
import { Button, Checkbox, Meter } from 'react-aria-components'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { useServices, useVoice } from '../../services-context'
import { VOICE_SECONDS } from '../../stores/voice-store'
import { formatClock } from '../../words/format'

export function VoiceRecorder() {
  const { voice } = useServices()
  const phase = useVoice((state) => state.phase)
  const isAgreed = useVoice((state) => state.isAgreed)
  const notice = useVoice((state) => state.notice)
  const error = useVoice((state) => state.error)
  const { least, most } = VOICE_SECONDS
  const isIdle = phase === 'idle'
  return (
    <section className="voice-part" aria-label="Voice from a recording">
      <h3>Voice from a recording</h3>
      <p className="hint">
        {least} to {most} seconds of one person are enough. A voice belongs to somebody: use it only with the
        speaker’s permission, and never to pass for them. The recording stays in this tab and is forgotten at
        once; what remains are 32 numbers, which travel in the page’s link.
      </p>
      <Checkbox
        className="check"
        isSelected={isAgreed}
        isDisabled={!isIdle}
        onChange={(isSelected) => voice.agree(isSelected)}
      >
        <span className="check-box" aria-hidden="true">
          <Icon name="check" />
        </span>
        It is my voice, or the speaker has agreed
      </Checkbox>
      {phase === 'recording' ? (
        <RecordingNow />
      ) : (
        <div className="voice-sources">
          <Button
            className="button button-plain"
            isDisabled={!isAgreed || !isIdle}
            onPress={() => void voice.record()}
          >
            <Icon name="microphone" />
            Record a voice
          </Button>
          <label className="button button-plain" data-disabled={!isAgreed || !isIdle || undefined}>
            <Icon name="file" />
            Open a voice
            <input
              type="file"
              className="visually-hidden"
              disabled={!isAgreed || !isIdle}
              accept="audio/*,video/*,.wav,.flac,.mp3,.ogg,.opus,.m4a,.webm"
              onChange={(event) => {
                const file = event.target.files?.[0]
                event.target.value = ''
                if (file) void voice.openFile(file)
              }}
            />
          </label>
          {phase === 'reading' && (
            <Button className="button button-plain" onPress={() => voice.cancel()}>
              Cancel
            </Button>
          )}
        </div>
      )}
      <output aria-label="Voice" className="hint">
        {phase === 'reading' ? 'Listening to the voice' : notice}
      </output>
      <ErrorNote error={error} />
    </section>
  )
}

function RecordingNow() {
  const { voice } = useServices()
  const seconds = useVoice((state) => state.recordedSeconds)
  const level = useVoice((state) => state.level)
  return (
    <div className="voice-sources">
      <Button
        className="button button-main"
        isDisabled={seconds < VOICE_SECONDS.least}
        onPress={() => voice.stopRecording()}
      >
        <Icon name="stop" />
        Use this voice
      </Button>
      <Button className="button button-plain" onPress={() => voice.cancel()}>
        Cancel
      </Button>
      <Meter aria-label="Loudness" className="meter" value={level} minValue={0} maxValue={1}>
        {({ percentage }) => (
          <>
            <span className="bar">
              <span className="bar-fill" style={{ width: `${percentage}%` }} />
            </span>
            <span className="meter-time">
              {formatClock(seconds)} of {formatClock(VOICE_SECONDS.most)}
            </span>
          </>
        )}
      </Meter>
    </div>
  )
}
