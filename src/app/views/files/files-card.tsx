/** Owns: several files as a table: what was heard in each, found by its words, error rates and their total. */
import './files-card.css'
import { Input, Label, SearchField } from 'react-aria-components'
import { rowsToCsv } from '../../../speech/exports/tables'
import { Button } from '../../components/button'
import { ErrorNote } from '../../components/error-note'
import { Icon } from '../../components/icon'
import { ScrollBox } from '../../components/scroll-box'
import { saveFile } from '../../ports/save-file'
import { useFiles, useServices } from '../../services-context'
import { searchFiles, totalOf, type FilesState, type HeardFile } from '../../stores/files-state'
import { formatClock, formatCount } from '../../words/format'
import { FileRow, RateCells } from './file-row'

const CSV_HEADER = [
  'file',
  'seconds',
  'heard',
  'said',
  'word_errors',
  'words',
  'word_error_rate',
  'phone_errors',
  'phones',
  'phone_error_rate',
  'problem',
]

function toCsv(files: readonly HeardFile[]): string {
  const toCells = (rate: { errors: number; length: number; rate: number } | null) =>
    rate ? [rate.errors, rate.length, rate.rate] : [undefined, undefined, undefined]
  const rows = files.map(({ name, seconds, result, reference, words, phones, error }) => [
    name,
    seconds ?? undefined,
    result?.text,
    reference ?? undefined,
    ...toCells(words),
    ...toCells(phones),
    error?.message,
  ])
  const totals = [...toCells(totalOf(files, 'words')), ...toCells(totalOf(files, 'phones'))]
  return rowsToCsv(CSV_HEADER, [...rows, ['total', undefined, undefined, undefined, ...totals, undefined]])
}

function FilesTools() {
  const { files } = useServices()
  const state = useFiles((all) => all)
  const { isRunning } = state
  const isWaiting = state.files.some(({ phase }) => phase === 'waiting')
  const hasFailed = state.files.some(({ phase }) => phase === 'failed')
  const save = () => saveFile(toCsv(state.files), 'text/csv;charset=utf-8', 'heard-files.csv')
  return (
    <div className="files-tools">
      <SearchField
        className="field files-search"
        value={state.query}
        onChange={(query) => files.setState({ query })}
      >
        <Label>Find words</Label>
        <Input className="input" placeholder="In what was heard, or in names" />
      </SearchField>
      {(isRunning || isWaiting) && (
        <Button
          className={isRunning ? 'button button-plain' : 'button button-main'}
          onPress={() => (isRunning ? files.cancel() : void files.run())}
        >
          {isRunning && <Icon name="stop" />}
          {isRunning ? 'Stop' : 'Go on'}
        </Button>
      )}
      {hasFailed && !isRunning && (
        <Button className="button button-plain" onPress={() => void files.retry()}>
          Try failed ones again
        </Button>
      )}
      <Button className="button button-plain" onPress={save}>
        <Icon name="download" />
        Save table
      </Button>
      <Button className="button button-plain" onPress={() => files.clear()}>
        Clear list
      </Button>
    </div>
  )
}

function toStatus({ files, isRunning }: FilesState): string {
  const heard = files.filter(({ phase }) => phase === 'done').length
  const failed = files.filter(({ phase }) => phase === 'failed').length
  const head = isRunning ? '' : heard + failed < files.length ? 'Stopped: ' : 'Done: '
  const tail = failed > 0 ? `, ${failed} could not be read` : ''
  return `${head}${heard} of ${files.length} heard${tail}`
}

export function FilesCard() {
  const state = useFiles((all) => all)
  const { files, query, error } = state
  if (files.length === 0) return <ErrorNote error={error} />
  const found = searchFiles(state)
  const seconds = files.reduce((sum, file) => sum + (file.seconds ?? 0), 0)
  return (
    <section className="card" aria-label="Files">
      <header className="files-head">
        <h2>Files</h2>
        <output className="hint" aria-label="Files heard">
          {toStatus(state)}
        </output>
      </header>
      <FilesTools />
      <ErrorNote error={error} />
      <ScrollBox className="files-scroll" label="Heard files">
        <table className="files-table">
          <caption className="visually-hidden">What was heard in each file</caption>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Length</th>
              <th scope="col">Heard</th>
              <th scope="col">Words wrong</th>
              <th scope="col">Phones wrong</th>
              <th scope="col">
                <span className="visually-hidden">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ file, excerpt }) => (
              <FileRow key={file.id} file={file} excerpt={excerpt} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td className="files-number">{formatClock(seconds)}</td>
              <td>
                {query.trim() === ''
                  ? formatCount(files.length, 'file')
                  : `found in ${found.length} of ${files.length}`}
              </td>
              <RateCells rate={totalOf(files, 'words')} />
              <RateCells rate={totalOf(files, 'phones')} colSpan={2} />
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
    </section>
  )
}
