/**
 * Owns: a grid of takes, temperatures across and seeds down, drawn as one batch. Each cell is the take that `speak` draws
 * with the cell's seed and temperature. Cells that must come out the same (temperature 0, or shared noise) are drawn once.
 */
import type { SamplingOptions } from '../../speech/3-units/sampling'
import { gridCells, type GridCell, type GridShape } from '../../speech/takes/grid'
import { tokensToTake, type TakeTokens, type TakeTrace } from '../../speech/takes/take'
import { STEPS_PER_RUN, type Drawn } from '../lm-engine'
import type { Ladder } from './load'
import type { SpokenPlan } from './plan'
import { utteranceToPlan } from './take-streams'

export interface GridTake extends GridCell, TakeTokens, TakeTrace {}

export interface GridOptions extends GridShape {
  readonly voice: Float32Array
  /** All but the temperature. */
  readonly cuts: Omit<SamplingOptions, 'temperature'>
}

export type GridEvent =
  /** The take so far. */
  | { readonly type: 'drawing'; readonly cell: GridCell; readonly frames: number; readonly phones: number }
  | { readonly type: 'drawn'; readonly take: GridTake }

/** To stop, stop iterating. @returns the takes, row by row */
export async function* drawGrid(
  ladder: Pick<Ladder, 'lm' | 'vocabulary'>,
  plan: SpokenPlan,
  options: GridOptions,
): AsyncGenerator<GridEvent, GridTake[]> {
  const cells = gridCells(options)
  const drawKeys = cells.map(({ temperature, seed }) => `${temperature} ${temperature === 0 ? '' : seed}`)
  const streams = [...new Set(drawKeys)].map((key) => cells.filter((_, i) => drawKeys[i] === key))
  /** (stream, utterance, step) */
  const tokens: Drawn[][][] = streams.map(() => [])
  const takes: GridTake[] = []
  for (const utterance of plan.utterances.keys()) {
    const isLast = utterance === plan.utterances.length - 1
    const specs = streams.map(([{ temperature, seed }]) => ({
      plan: utteranceToPlan(plan, utterance, { sampling: { ...options.cuts, temperature }, seed }),
      voice: options.voice,
    }))
    for (const row of tokens) row.push([])
    const batch = await ladder.lm.start(specs)
    try {
      while (!batch.done) {
        const news = await batch.run(STEPS_PER_RUN)
        for (const [i, drawn] of news.entries()) {
          if (drawn.length === 0) continue
          tokens[i][utterance].push(...drawn)
          const isWhole = isLast && drawn[drawn.length - 1].id === ladder.vocabulary.eos
          for (const cell of streams[i]) {
            if (isWhole) {
              const take = { ...cell, ...drawnToTake(ladder, tokens[i]) }
              takes.push(take)
              yield { type: 'drawn', take }
            } else yield { type: 'drawing', cell, ...progress(ladder, tokens[i]) }
          }
        }
      }
    } finally {
      batch.dispose()
    }
  }
  return takes.toSorted((a, b) => a.row - b.row || a.column - b.column)
}

function drawnToTake({ vocabulary }: Pick<Ladder, 'vocabulary'>, tokens: readonly (readonly Drawn[])[]) {
  const steps = tokens.flat()
  return {
    ...tokensToTake(
      tokens.map((drawn) => drawn.map(({ id }) => id)),
      vocabulary,
    ),
    probabilities: steps.map(({ probability }) => probability),
    entropiesNats: steps.map(({ entropyNats }) => entropyNats),
  }
}

function progress({ vocabulary }: Pick<Ladder, 'vocabulary'>, tokens: readonly (readonly Drawn[])[]) {
  const steps = tokens.flat()
  const frames = steps.filter(({ id }) => vocabulary.isUnit(id)).length
  return { frames, phones: steps.length - frames }
}
