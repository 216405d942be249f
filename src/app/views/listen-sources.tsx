/** Owns: the ways a sound comes in: the microphone, a file (picked or dropped), the examples. */
import { useEffect, useState } from 'react'
import { Button, DropZone } from 'react-aria-components'
import { Icon } from '../components/icon'
import { fetchRecordings } from '../ports/site-files'
import { useServices } from '../services-context'
import type { ExampleRecording } from '../stores/listen-state'
import { MicrophoneSource } from './microphone-source'

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
      <p className="hint">Or drop a file here. Up to two hours.</p>
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
