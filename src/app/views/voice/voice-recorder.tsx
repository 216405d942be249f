/** Owns: a voice from the microphone or a file, after a plain word about whose voice it is. */
import { Checkbox } from 'react-aria-components'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { LevelMeter } from '../../components/level-meter'
import { useServices, useVoice } from '../../services-context'
import { VOICE_SECONDS } from '../../stores/voice-store'
import { formatClock } from '../../words/format'

export function VoiceRecorder() {
  const { voice } = useServices()
  const phase = useVoice((state) => state.phase)
  const isAgreed = useVoice((state) => state.isAgreed)
  const notice = useVoice((state) => state.notice)
  const error = useVoice((state) => state.error)
  const isShort = useVoice((state) => state.recordedSeconds < VOICE_SECONDS.least)
  const { least, most } = VOICE_SECONDS
  const isIdle = phase === 'idle'
  const isRecording = phase === 'recording'
  const isReady = isIdle && isAgreed
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
      <div className="voice-sources">
        <Button
          id="record-voice"
          className={isRecording ? 'button button-main' : 'button button-plain'}
          isDisabled={isRecording ? isShort : !isReady}
          onPress={() => (isRecording ? voice.stopRecording() : void voice.record())}
        >
          <Icon name={isRecording ? 'stop' : 'microphone'} />
          {isRecording ? 'Use this voice' : 'Record a voice'}
        </Button>
        {!isRecording && (
          <label className="button button-plain" data-disabled={!isReady || undefined}>
            <Icon name="file" />
            Open a voice
            <input
              type="file"
              className="visually-hidden"
              // Not while it reads one: the focus would be dropped.
              disabled={!isAgreed}
              aria-disabled={!isReady}
              onClick={(event) => !isReady && event.preventDefault()}
              accept="audio/*,video/*,.wav,.flac,.mp3,.ogg,.opus,.m4a,.webm"
              onChange={(event) => {
                const file = event.target.files?.[0]
                event.target.value = ''
                if (file) void voice.openFile(file)
              }}
            />
          </label>
        )}
        {!isIdle && (
          <Button className="button button-plain" data-heir="record-voice" onPress={() => voice.cancel()}>
            Cancel
          </Button>
        )}
        {isRecording && <Loudness />}
      </div>
      <output aria-label="Voice" className="hint">
        {phase === 'reading' ? 'Listening to the voice' : notice}
      </output>
      <ErrorNote error={error} />
    </section>
  )
}

function Loudness() {
  const seconds = useVoice((state) => state.recordedSeconds)
  const level = useVoice((state) => state.level)
  return <LevelMeter level={level} time={`${formatClock(seconds)} of ${formatClock(VOICE_SECONDS.most)}`} />
}
