/**
 * Owns: drawing a grid of takes: its shape as a person sets it, the run in progress, and which take stands in which cell.
 * The takes themselves are the takes store's.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ConvergeError, type PlainError } from '../../speech/errors'
import type { SamplingOptions } from '../../speech/3-units/sampling'
import {
  gridCells,
  MAX_GRID_CELLS,
  type GridCell,
  type GridShape,
  type SharedNoise,
} from '../../speech/takes/grid'
import type { TakeId } from '../../speech/takes/tree'
import type { SpeechClient } from '../../workers/client'
import type { SpeakPlan, WorkerMessage } from '../../workers/protocol'
import { untilAborted, type EngineStore } from './engine-store'
import { toSettings, toWanted } from './speak-settings'
import type { SpeakStore } from './speak-store'
import type { TakesStore } from './takes-store'
import { createWork } from './work'

export interface GridSettings {
  readonly temperatures: readonly number[]
  readonly seedCount: number
  readonly sharedNoise: SharedNoise
}

export interface GridState extends GridSettings {
  readonly phase: 'idle' | 'waiting' | 'drawing'
  /** Row by row, of the last grid. */
  readonly cells: readonly GridCell[]
  /** The take of each cell that is whole. */
  readonly ids: readonly (TakeId | null)[]
  /** Units drawn so far, of each cell. */
  readonly frames: readonly number[]
  readonly error: PlainError | null
}

export interface GridStore extends StoreApi<GridState> {
  draw(): Promise<void>
  /** New takes with these chances, one temperature, as many seeds as the grid has. */
  apply(sampling: SamplingOptions): Promise<void>
  cancel(): void
}

export interface GridPorts {
  readonly client: Pick<SpeechClient, 'grid'>
  readonly engine: EngineStore
  readonly takes: Pick<TakesStore, 'add' | 'clear' | 'stopChecking'>
  readonly speak: Pick<SpeakStore, 'getState' | 'setState'>
  readonly nowMs: () => number
}

/** Progress comes for every cell a few times a second; the screen needs no more than this. */
const PROGRESS_INTERVAL_MS = 150
export const MAX_SEEDS = 12
export const DEFAULT_GRID: GridSettings = {
  temperatures: [0, 0.3, 0.6, 0.9, 1.2],
  seedCount: 3,
  sharedNoise: 'columns',
}

/** `0, 0.3 0.6` -> [0, 0.3, 0.6]; undefined where it is no list of 1 to 16 numbers from 0 to 2. */
export function parseTemperatures(text: string): readonly number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  const numbers = parts.map(Number)
  const isRight = numbers.every((number) => number >= 0 && number <= 2)
  return isRight && numbers.length > 0 && numbers.length <= 16 ? [...new Set(numbers)] : undefined
}

export function createGridStore(ports: GridPorts): GridStore {
  const { client, engine, takes, speak, nowMs } = ports
  const store = createStore<GridState>(() => ({
    ...DEFAULT_GRID,
    phase: 'idle',
    cells: [],
    ids: [],
    frames: [],
    error: null,
  }))
  const drawing = createWork({
    failed: (error) => store.setState({ error }),
    ended: () => store.setState({ phase: 'idle' }),
  })

  async function run(shape: GridShape, signal: AbortSignal): Promise<void> {
    const settings = toSettings(speak.getState())
    const { text, phones, cuts } = settings
    if (text.trim() === '' && !phones)
      throw new ConvergeError('text-empty', 'There is nothing to say yet: type a sentence.')
    const cells = gridCells(shape)
    await untilAborted(engine.ensure('any'), signal)
    // The page shows that it starts before the table is swept: both in one task would be a long one.
    await nextTask()
    takes.stopChecking()
    takes.clear(store.getState().ids.filter((id) => id !== null))
    const frames = cells.map(() => 0)
    store.setState({ phase: 'drawing', cells, ids: cells.map(() => null), frames })
    let plan: SpeakPlan | undefined
    let shownMs = -Infinity
    const adding: Promise<void>[] = []
    const place = ({ row, column }: GridCell) => row * shape.temperatures.length + column
    const onEvent = (message: WorkerMessage): void => {
      if (message.type === 'planned') plan = message.plan
      else if (message.type === 'cell-drawing') {
        frames[place(message.cell)] = message.frames
        if (nowMs() - shownMs < PROGRESS_INTERVAL_MS) return
        shownMs = nowMs()
        store.setState({ frames: [...frames] })
      } else if (message.type === 'cell-drawn' && plan) {
        const { cell, drawn } = message
        const { seed, temperature } = cell
        const added = takes.add({ kind: 'draw', seed, temperature }, { text, plan, settings }, drawn)
        adding.push(added.then((id) => store.setState(({ ids }) => ({ ids: ids.with(place(cell), id) }))))
      }
    }
    try {
      await client.grid({ ...toWanted(settings), shape, cuts }, onEvent, signal)
    } finally {
      await Promise.all(adding)
    }
  }

  async function start(toShape: (seeds: readonly number[]) => GridShape): Promise<void> {
    if (drawing.isBusy()) return
    const { seed } = speak.getState()
    const seeds = Array.from({ length: store.getState().seedCount }, (_, i) => seed + i)
    await drawing.run((signal) => {
      store.setState({ phase: 'waiting', error: null })
      return run(toShape(seeds), signal)
    })
  }

  return {
    ...store,
    draw() {
      const { temperatures, sharedNoise } = store.getState()
      return start((seeds) => ({ temperatures, seeds, sharedNoise }))
    },
    apply({ temperature, ...cuts }) {
      speak.setState({ cuts, temperature })
      return start((seeds) => ({ temperatures: [temperature], seeds, sharedNoise: 'none' }))
    },
    cancel: drawing.stop,
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

export const isTooLarge = ({ temperatures, seedCount }: GridSettings): boolean =>
  temperatures.length * seedCount > MAX_GRID_CELLS
