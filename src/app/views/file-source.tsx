/** Owns: files coming in: picked one or several, a folder, or dropped. One recording alone is opened; more make a list. */
import { Button, DropZone, FileTrigger, type DropItem } from 'react-aria-components'
import { ErrorNote } from '../components/error-note'
import { Icon } from '../components/icon'
import { useAttempt } from '../components/use-attempt'
import { useServices } from '../services-context'
import { isTranscriptName } from '../words/transcripts'

/** A folder inside a folder inside a folder is enough. */
const MOST_DEPTH = 3

async function itemToFiles(item: DropItem, depth = 0): Promise<File[]> {
  if (item.kind === 'file') return [await item.getFile()]
  if (item.kind !== 'directory' || depth > MOST_DEPTH) return []
  const files: File[] = []
  for await (const entry of item.getEntries()) files.push(...(await itemToFiles(entry, depth + 1)))
  return files
}

export function FileSource() {
  const { listen, files } = useServices()
  const { attempt, error } = useAttempt()
  const open = async (given: readonly File[]) => {
    const [first] = given
    if (given.length === 1 && !isTranscriptName(first.name)) await listen.openFile(first, first.name)
    else if (given.length > 0) await files.add(given)
  }
  const openDropped = async (items: readonly DropItem[]) => {
    const found = await Promise.all(items.map((item) => itemToFiles(item)))
    await open(found.flat())
  }
  return (
    <DropZone
      className="source source-file"
      aria-label="Drop recordings here"
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => attempt(() => openDropped(items), 'What was dropped could not be read.')}
    >
      <h2>Open recordings</h2>
      <label className="button button-plain">
        <Icon name="file" />
        Open recording
        <input
          type="file"
          multiple
          className="visually-hidden"
          accept="audio/*,video/*,.wav,.flac,.mp3,.ogg,.opus,.m4a,.webm,.txt,.json"
          onChange={(event) => {
            const given = [...(event.target.files ?? [])]
            // So that the same file can be opened twice.
            event.target.value = ''
            attempt(() => open(given))
          }}
        />
      </label>
      <FileTrigger acceptDirectory onSelect={(given) => given && attempt(() => files.add([...given]))}>
        <Button className="button button-plain">Open folder</Button>
      </FileTrigger>
      <p className="hint">
        Or drop files here, each up to two hours. Several make a list; transcripts beside them (a.txt for
        a.wav, or transcripts.json) are measured.
      </p>
      <ErrorNote error={error} />
    </DropZone>
  )
}
