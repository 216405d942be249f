/**
 * Owns: what every plot has around it: a title, a sentence that says what there is to see, the picture, the numbers as a
 * table to unfold, and both as files. The SVG carries its own colours, so that it looks the same outside of the page.
 */
import './plot-frame.css'
import { useRef, type ReactNode } from 'react'
import { useWidth } from './use-width'
import { Button } from 'react-aria-components'
import { rowsToCsv } from '../../speech/exports/tables'
import { Icon } from '../components/icon'
import { saveFile } from '../ports/save-file'
import { DataTable, type TableCell } from './data-table'
import { svgToBytes } from './svg-file'

export interface PlotFrameProps {
  readonly title: string
  readonly sentence: string
  readonly header: readonly string[]
  /** Asked for only when the table is unfolded or saved. */
  readonly toRows: () => readonly (readonly TableCell[])[]
  /** Of the files, without ending. */
  readonly fileName: string
  /** The picture for this width in CSS pixels; holds one SVG with the role `img`. */
  readonly children: (widthPx: number) => ReactNode
  readonly tools?: ReactNode
}

export function PlotFrame({ title, sentence, header, toRows, fileName, children, tools }: PlotFrameProps) {
  const picture = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(picture)
  const saveSvg = () => {
    const svg = picture.current?.querySelector<SVGSVGElement>('svg[role=img]')
    if (svg) saveFile(svgToBytes(svg), 'image/svg+xml', `${fileName}.svg`)
  }
  const saveCsv = () =>
    saveFile(new TextEncoder().encode(rowsToCsv(header, toRows())), 'text/csv', `${fileName}.csv`)
  return (
    <figure className="plot" aria-label={title}>
      <figcaption>
        <h3>{title}</h3>
        <p className="hint">{sentence}</p>
      </figcaption>
      {tools}
      <div ref={picture} className="plot-picture">
        {widthPx > 0 && children(widthPx)}
      </div>
      <div className="plot-tools">
        <DataTable title={title} header={header} toRows={toRows} />
        <Button className="button button-quiet" aria-label={`${title} as SVG`} onPress={saveSvg}>
          <Icon name="download" /> SVG
        </Button>
        <Button className="button button-quiet" aria-label={`${title} as CSV`} onPress={saveCsv}>
          <Icon name="download" /> CSV
        </Button>
      </div>
    </figure>
  )
}
