/** Owns: what every plot offers under its picture: its numbers as a table to unfold, the picture and the numbers as files. */
import { Button } from 'react-aria-components'
import { rowsToCsv } from '../../speech/exports/tables'
import { ErrorNote } from '../components/error-note'
import { Icon } from '../components/icon'
import { useAttempt } from '../components/use-attempt'
import { saveFile } from '../ports/save-file'
import { svgToPng } from '../ports/svg-to-png'
import { DataTable, type TableCell } from './data-table'

export interface PlotToolsProps {
  readonly title: string
  readonly header: readonly string[]
  /** Asked for only when the table is unfolded or saved. */
  readonly toRows: () => readonly (readonly TableCell[])[]
  /** The picture as a file of its own; undefined while there is none. */
  readonly toSvg: () => string | undefined
  /** Of the files, without ending. */
  readonly fileName: string
}

export function PlotTools({ title, header, toRows, toSvg, fileName }: PlotToolsProps) {
  const { attempt, error } = useAttempt()
  const saveText = (text: string, type: string, ending: string) =>
    saveFile(text, type, `${fileName}.${ending}`)
  const saveSvg = () => {
    const svg = toSvg()
    if (svg !== undefined) saveText(svg, 'image/svg+xml', 'svg')
  }
  const savePng = async () => {
    const svg = toSvg()
    if (svg !== undefined) saveFile(await svgToPng(svg), 'image/png', `${fileName}.png`)
  }
  const files = [
    ['SVG', saveSvg],
    ['PNG', savePng],
    ['CSV', () => saveText(rowsToCsv(header, toRows()), 'text/csv', 'csv')],
  ] as const
  return (
    <div className="plot-tools">
      <DataTable title={title} header={header} toRows={toRows} />
      {files.map(([name, save]) => (
        <Button
          key={name}
          className="button button-quiet"
          aria-label={`${title} as ${name}`}
          onPress={() => attempt(save)}
        >
          <Icon name="download" /> {name}
        </Button>
      ))}
      <ErrorNote error={error} />
    </div>
  )
}
