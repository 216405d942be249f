/** Owns: one file of the list: its name, what was heard or what went wrong, how wrong it was, and a way to open it. */
import { memo } from 'react'
import { Button } from '../../components/button'
import { ProgressField } from '../../components/progress-field'
import { useServices } from '../../services-context'
import type { Found, Total } from '../../stores/files-state'
import { formatClock, formatRate } from '../../words/format'

const PHASES = { waiting: 'Waiting', opening: 'Opening', listening: '', failed: '', done: '' } as const

export function RateCells({ rate, colSpan = 1 }: { readonly rate: Total | null; readonly colSpan?: number }) {
  if (!rate) return <td className="files-number">–</td>
  return (
    <td className="files-number" colSpan={colSpan}>
      {formatRate(rate.rate)} <span className="hint">{`${rate.errors}/${rate.length}`}</span>
    </td>
  )
}

function HeardText({ file, excerpt }: Found) {
  const { phase, progress, result, error, name } = file
  if (error && !result) return <p className="files-failed">{error.message}</p>
  if (phase === 'listening') {
    return <ProgressField label={`Listening to ${name}`} done={progress} total={1} />
  }
  if (!result) return <p className="hint">{PHASES[phase]}</p>
  const [before, match, after] = excerpt ?? [result.text || 'No words.', '', '']
  return (
    <>
      <p dir="auto">
        {before}
        {match && <mark>{match}</mark>}
        {after}
      </p>
      {error && <p className="files-failed">Not compared with what was said: {error.message}</p>}
    </>
  )
}

export const FileRow = memo(function FileRow({ file, excerpt }: Found) {
  const { files } = useServices()
  return (
    <tr>
      <th scope="row">{file.name}</th>
      <td className="files-number">{file.seconds === null ? '–' : formatClock(file.seconds)}</td>
      <td className="files-text">
        <HeardText file={file} excerpt={excerpt} />
      </td>
      <RateCells rate={file.words} />
      <RateCells rate={file.phones} />
      <td>
        <Button
          className="button button-quiet"
          aria-label={`Open ${file.name}`}
          isDisabled={!file.result}
          onPress={() => void files.open(file.id)}
        >
          Open
        </Button>
      </td>
    </tr>
  )
})
