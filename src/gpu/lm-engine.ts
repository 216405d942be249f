/**
 * Owns: the one interface of every engine that runs the language model. A batch holds streams that advance together;
 * each obeys its own plan. Engines know the grammar only through the rules of `src/speech`.
 */
import type { PlacedToken, StreamPlan } from '../speech/3-units/streams'

export interface StreamSpec {
  readonly plan: StreamPlan
  /** (voiceDim); zeros where the task has no voice. */
  readonly voice: Float32Array
}

/** One token that a stream said or heard. */
export interface Drawn extends PlacedToken {
  readonly probability: number
}

export interface LmBatch {
  /**
   * Up to `steps` steps of every unfinished stream.
   * @returns for each stream what it drew, in order; <eos> included. Empty for a finished stream.
   */
  run(steps: number): Promise<Drawn[][]>
  readonly done: boolean
  dispose(): void
}

export interface LmEngine {
  readonly name: 'ort'
  /** Feeds every stream's prefix. @throws ConvergeError `engine-failed`, and what the plans' rules throw */
  start(streams: readonly StreamSpec[]): Promise<LmBatch>
}

/** Runs a batch to its end. @returns (stream, token) */
export async function drawAll(engine: LmEngine, streams: readonly StreamSpec[]): Promise<Drawn[][]> {
  const batch = await engine.start(streams)
  try {
    const drawn: Drawn[][] = streams.map(() => [])
    while (!batch.done) {
      const news = await batch.run(STEPS_PER_RUN)
      news.forEach((tokens, i) => drawn[i].push(...tokens))
    }
    return drawn
  } finally {
    batch.dispose()
  }
}

/** Steps between two looks at the outside world; about a third of a second of speech. */
export const STEPS_PER_RUN = 16
