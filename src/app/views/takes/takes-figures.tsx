/** Owns: the figures and the units of all takes, as a table and as a file. */
import { Button } from 'react-aria-components'
import { rowsToCsv } from '../../../speech/exports/tables'
import { Icon } from '../../components/icon'
import { DataTable } from '../../plots/data-table'
import { saveFile } from '../../ports/save-file'
import { useCompare, useTakes } from '../../services-context'
import { FIGURES_HEADER, figuresToRows } from './figures'

export function TakesFigures() {
  const order = useCompare((state) => state.order)
  const takes = useTakes((state) => state.takes)
  const tree = useTakes((state) => state.tree)
  const toRows = () =>
    figuresToRows(
      order.flatMap((id) => takes.get(id) ?? []),
      tree,
    )
  const save = () => saveFile(rowsToCsv(FIGURES_HEADER, toRows()), 'text/csv', 'takes.csv')
  return (
    <div className="plot-tools">
      <DataTable title="Figures and units of all takes" header={FIGURES_HEADER} toRows={toRows} />
      <Button className="button button-quiet" onPress={save}>
        <Icon name="download" /> All figures as CSV
      </Button>
    </div>
  )
}
