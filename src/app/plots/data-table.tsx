/** Owns: numbers as a table that unfolds; made only while it is open. */
import { useState } from 'react'
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components'
import { Icon } from '../components/icon'
import { ScrollBox } from '../components/scroll-box'

export type TableCell = string | number | undefined

interface DataTableProps {
  readonly title: string
  readonly header: readonly string[]
  readonly toRows: () => readonly (readonly TableCell[])[]
}

/** A screenful is what a person reads; the file has all. */
const MAX_ROWS = 400

export function DataTable({ title, header, toRows }: DataTableProps) {
  const [isOpen, setOpen] = useState(false)
  const rows = isOpen ? toRows() : []
  return (
    <Disclosure className="data-table" isExpanded={isOpen} onExpandedChange={setOpen}>
      <div className="data-table-head">
        <Button slot="trigger" className="button button-quiet" aria-label={`${title} as a table`}>
          <Icon name="chevron" /> Table
        </Button>
      </div>
      <DisclosurePanel>
        {isOpen && (
          <ScrollBox className="data-table-scroll" label={`${title}: table`}>
            <table>
              <caption className="visually-hidden">{title}</caption>
              <thead>
                <tr>
                  {header.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, MAX_ROWS).map((row, i) => (
                  <tr key={i}>
                    {row.map((cell, column) =>
                      column === 0 ? (
                        <th key={column} scope="row">
                          {cell}
                        </th>
                      ) : (
                        <td key={column}>{cell}</td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
            {rows.length > MAX_ROWS && (
              <p className="hint">… and {rows.length - MAX_ROWS} more rows in the CSV.</p>
            )}
          </ScrollBox>
        )}
      </DisclosurePanel>
    </Disclosure>
  )
}
