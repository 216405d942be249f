/** Owns: the ways a sound comes in: the microphone, a file (picked or dropped), the examples. */
import { useEffect, useState } from 'react'
import { Button, DropZone, Meter } from 'react-aria-components'
import { ActionButton } from '../components/action-button'
import { Icon } from '../components/icon'
import { fetchRecordings } from '../ports/site-files'
import { useListen, useServices } from '../services-context'
import type { ExampleRecording } from '../stores/listen-state'
import { formatClock } from '../words/format'

function MicrophoneSource() {
  const { listen } = useServices()
  const isRecording = useListen((state) => state.phase === 'recording')
  const isBusy = useListen((state) => state.phase !== 'idle')
  const seconds = useListen((state) => state.recordedSeconds)
  const level = useListen((state) => state.level)
  return (
    <div className="source source-microphone">
      <h2>Speak to it</h2>
      {isRecording ? (
        <Button className="button button-main" onPress={() => listen.stopRecording()}>
          <Icon name="stop" />
          Stop recording
        </Button>
      ) : (
        <ActionButton action="record" look="main" icon="microphone" isDisabled={isBusy} />
      )}
      {isRecording ? (
        <Meter aria-label="Loudness" className="meter" value={level} minValue={0} maxValue={1}>
          {({ percentage }) => (
            <>
              <span className="bar">
                <span className="bar-fill" style={{ width: `${percentage}%` }} />
              </span>
              <span className="meter-time">{formatClock(seconds)}</span>
            </>
          )}
        </Meter>
      ) : (
        <p className="hint">
          <Icon name="lock" /> Audio stays on this machine.
        </p>
      )}
    </div>
  )
}

function FileSource() {
  const { listen } = useServices()
  const open = (file: File) => void listen.openFile(file, file.name)
  return (
    <DropZone
      className="source source-file"
      getDropOperation={(types) => (types.has('text/plain') ? 'cancel' : 'copy')}
      onDrop={({ items }) => {
        const dropped = items.find((item) => item.kind === 'file')
        if (dropped) void dropped.getFile().then(open)
      }}
    >
      <h2>Open a recording</h2>
      <label className="button button-plain">
        <Icon name="file" />
        Open recording
        <input
          type="file"
          className="visually-hidden"
          accept="audio/*,video/*,.wav,.flac,.mp3,.ogg,.opus,.m4a,.webm"
          onChange={(event) => {
            const file = event.target.files?.[0]
            // So that the same file can be opened twice.
            event.target.value = ''
            if (file) open(file)
          }}
        />
      </label>
      <p className="hint">Or drop a file here. Up to 30 minutes.</p>
    </DropZone>
  )
}

function ExampleSource() {
  const { listen } = useServices()
  const [examples, setExamples] = useState<readonly ExampleRecording[]>([])
  useEffect(() => {
    let isGone = false
    fetchRecordings()
      .then((found) => !isGone && setExamples(found))
      .catch((thrown: unknown) => console.warn('The example recordings are not there.', thrown))
    return () => {
      isGone = true
    }
  }, [])
  if (examples.length === 0) return null
  return (
    <div className="source">
      <h2>Try an example</h2>
      <fieldset className="chips" aria-label="Example recordings">
        {examples.map((example) => (
          <Button key={example.file} className="chip" onPress={() => void listen.openExample(example)}>
            {example.title}
          </Button>
        ))}
      </fieldset>
      <p className="hint">{examples[0].credit}</p>
    </div>
  )
}

export function ListenSources() {
  return (
    <div className="sources">
      <MicrophoneSource />
      <FileSource />
      <ExampleSource />
    </div>
  )
}
