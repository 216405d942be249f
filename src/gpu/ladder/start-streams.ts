/**
 * Owns: starting streams that draw. An engine that obeys the grammar by itself (on the GPU) knows no held phones; for those
 * every engine steps by the rule, a little slower and with the same result.
 */
import type { LmBatch, StreamSpec } from '../lm-engine'
import { startRuleBatch } from '../rule-batch'
import type { Ladder } from './load'

export function startStreams(
  { lm, vocabulary }: Pick<Ladder, 'lm' | 'vocabulary'>,
  specs: readonly StreamSpec[],
): Promise<LmBatch> {
  const isHeld = specs.some(({ plan }) => plan.task === 'speak' && plan.held !== undefined)
  return isHeld ? startRuleBatch(lm.openCursor(), specs, vocabulary) : lm.start(specs)
}
