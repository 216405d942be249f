/**
 * Owns: what lies on the board, as a list whose items stay the same objects while they mean the same, so that a new take
 * draws one new card and not all of them again.
 */
import { useMemo, useState } from 'react'
import { useCompare, useGrid } from '../../services-context'
import type { GridCell } from '../../../speech/takes/grid'
import type { TakeId } from '../../../speech/takes/tree'

export interface BoardItem {
  readonly id: string
  /** undefined while it is being drawn. */
  readonly take: TakeId | undefined
  readonly cell: GridCell | undefined
  /** Its place in the row where names are hidden, from 0. */
  readonly blindPlace: number | undefined
}

export interface Board {
  readonly items: readonly BoardItem[]
  /** 0 where the cards lie in a row. */
  readonly columns: number
}

export function useBoard(): Board {
  const cells = useGrid((state) => state.cells)
  const ids = useGrid((state) => state.ids)
  const isDrawing = useGrid((state) => state.phase === 'drawing')
  const order = useCompare((state) => state.order)
  const phase = useCompare((state) => state.phase)
  const sortBy = useCompare((state) => state.sortBy)
  const [known] = useState(() => new Map<string, BoardItem>())
  return useMemo(() => {
    const isGrid = phase === 'open' && sortBy === 'grid' && cells.length > 0
    const cached = (item: BoardItem): BoardItem => {
      const { take, cell, blindPlace } = item
      const key = `${item.id} ${take} ${cell?.row} ${cell?.column} ${cell?.seed} ${cell?.temperature} ${blindPlace}`
      const found = known.get(key) ?? item
      known.set(key, found)
      return found
    }
    const takes = order.map((take, place) => {
      const at = ids.indexOf(take)
      return cached({
        id: `take ${take}`,
        take,
        cell: isGrid && at >= 0 ? cells[at] : undefined,
        blindPlace: phase === 'blind' ? place : undefined,
      })
    })
    const waiting = cells.flatMap((cell, i) =>
      isDrawing && ids[i] === null
        ? [cached({ id: `cell ${i}`, take: undefined, cell, blindPlace: undefined })]
        : [],
    )
    const columns = isGrid ? Math.max(...cells.map(({ column }) => column)) + 1 : 0
    return { items: [...takes, ...waiting], columns }
  }, [known, cells, ids, isDrawing, order, phase, sortBy])
}
