/**
 * Owns: the takes as cards. As drawn, a cell of the grid each (on a phone, a list); sorted or blind, in a row. Enter on a
 * card plays it.
 */
import { memo, useDeferredValue } from 'react'
import { GridList, GridListItem } from 'react-aria-components'
import { useCompare, useGrid, useServices } from '../../services-context'
import { findTake } from '../../../speech/takes/tree'
import { formatCount } from '../../words/format'
import { formatTemperature, takeToSentence } from '../../words/take-words'
import { useBoard, type BoardItem } from './board-items'
import { TakeTile } from './take-tile'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** A, B … Z, AA, AB … */
const blindName = (place: number): string =>
  `Take ${place >= LETTERS.length ? LETTERS[Math.floor(place / LETTERS.length) - 1] : ''}${LETTERS[place % LETTERS.length]}`

export function TakesBoard() {
  const board = useDeferredValue(useBoard())
  const isBlind = useCompare((state) => state.phase === 'blind')
  if (board.items.length === 0) return null
  return <Cards items={board.items} columns={board.columns} isBlind={isBlind} />
}

interface CardsProps {
  readonly items: readonly BoardItem[]
  readonly columns: number
  readonly isBlind: boolean
}

const Cards = memo(function Cards({ items, columns, isBlind }: CardsProps) {
  const { compare } = useServices()
  const isGrid = columns > 0
  return (
    <GridList
      aria-label={isBlind ? 'Takes, blind' : 'All takes'}
      className={isGrid ? 'scroll board board-grid' : 'scroll board'}
      layout="grid"
      selectionMode="none"
      keyboardNavigationBehavior="tab"
      items={items}
      style={isGrid ? { gridTemplateColumns: `repeat(${columns}, minmax(11.5rem, 1fr))` } : {}}
      onAction={(key) => {
        const take = items.find(({ id }) => id === key)?.take
        if (take !== undefined) compare.play(take)
      }}
    >
      {(item) => <Card item={item} />}
    </GridList>
  )
})

function Card({ item }: { readonly item: BoardItem }) {
  const { takes } = useServices()
  const { id, take: takeId, cell, blindPlace } = item
  const { takes: all, tree } = takes.getState()
  const take = takeId === undefined ? undefined : all.get(takeId)
  const treeName = takeId === undefined ? undefined : findTake(tree, takeId)?.name
  const cellName = cell ? `${formatTemperature(cell.temperature)}, seed ${cell.seed}` : ''
  const name = blindPlace === undefined ? (treeName ?? cellName) : blindName(blindPlace)
  const place = cell ? { style: { gridColumn: cell.column + 1, gridRow: cell.row + 1 } } : {}
  if (!take)
    return (
      <GridListItem id={id} className="tile tile-waiting" textValue={`${name}, being drawn`} {...place}>
        <span className="tile-name">{name}</span>
        {cell && <Frames row={cell.row} column={cell.column} />}
      </GridListItem>
    )
  return (
    <GridListItem
      id={id}
      className="tile"
      textValue={blindPlace === undefined ? takeToSentence(take, name) : name}
      data-testid="take-tile"
      data-take={takeId}
      {...place}
    >
      <TakeTile id={take.id} name={name} isBlind={blindPlace !== undefined} />
    </GridListItem>
  )
}

function Frames({ row, column }: { readonly row: number; readonly column: number }) {
  const frames = useGrid(
    ({ cells, frames }) => frames[cells.findIndex((cell) => cell.row === row && cell.column === column)] ?? 0,
  )
  return <span className="hint">{formatCount(frames, 'unit')}</span>
}
