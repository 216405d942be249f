/** Owns: the Takes section of Speak: one sentence drawn many times, to hear that none of them is the right one. */
import './takes.css'
import { ErrorNote } from '../../components/error-note'
import { useCompare, useGrid } from '../../services-context'
import { BlindBar } from './blind-bar'
import { BoardTools } from './board-tools'
import { GridRun } from './grid-run'
import { GridSettings } from './grid-settings'
import { RemovedNote } from './removed-note'
import { SpreadPlots } from './spread-plots'
import { TakesBoard } from './takes-board'
import { TakesFigures } from './takes-figures'

export function TakesSection() {
  const error = useGrid((state) => state.error)
  const hasTakes = useCompare((state) => state.order.length > 0)
  const isDrawing = useGrid((state) => state.phase !== 'idle')
  const isBlind = useCompare((state) => state.phase === 'blind')
  return (
    <section className="card" aria-label="Takes">
      <header>
        <h2>Takes</h2>
        <p className="hint">
          The same sentence, many times over: temperature across, chance down. Every one of them is a right
          answer.
        </p>
      </header>
      <GridSettings />
      <GridRun />
      <ErrorNote error={error} />
      <RemovedNote />
      {hasTakes && <BoardTools />}
      {hasTakes && <BlindBar />}
      <TakesBoard />
      {hasTakes && !isBlind && <TakesFigures />}
      {hasTakes && !isBlind && !isDrawing && <SpreadPlots />}
    </section>
  )
}
