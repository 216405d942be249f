/** Owns: the steps of a take, or of listening, as the Chances view sees them, from the rows that the worker tells. Pure. */
import type { StoredStep } from '../../speech/takes/reweight'
import type { ChanceSteps } from '../../workers/protocol'

export interface SeenStep extends StoredStep {
  /** Units before it. */
  readonly frame: number
  /** Phones before it. */
  readonly phone: number
  readonly entropyNats: number
  readonly surpriseNats: number
}

/** @param seedAt the seed of a step's noise; undefined where nothing is drawn by chance */
export function rowsToSteps(
  rows: ChanceSteps,
  task: SeenStep['task'],
  vocabularySize: number,
  seedAt: (step: number) => number | undefined,
): SeenStep[] {
  return rows.drawn.map((drawn, i) => {
    const address = rows.addresses[i]
    const seed = seedAt(rows.firstStep + i)
    return {
      task,
      logits: rows.logits.subarray(i * vocabularySize, (i + 1) * vocabularySize),
      allowed: rows.allowed[i],
      drawn,
      address: address && seed !== undefined ? { ...address, seed } : undefined,
      frame: rows.frames[i],
      phone: rows.phones[i],
      entropyNats: rows.entropiesNats[i],
      surpriseNats: rows.surprisesNats[i],
    }
  })
}
