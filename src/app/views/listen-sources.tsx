/** Owns: the ways a sound comes in: the microphone, a file (picked or dropped), the examples. */
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { fetchRecordings } from '../ports/site-files'
import { useServices } from '../services-context'
import type { ExampleRecording } from '../stores/listen-state'
import { FileSource } from './file-source'
import { MicrophoneSource } from './microphone-source'

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
