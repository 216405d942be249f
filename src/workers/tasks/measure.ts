/** Owns: the request `measure`: what was heard against what was said, words and phones. */
import { planToText, textToPlan } from '../../gpu/ladder/plan'
import { phoneErrorRate, wordErrorRate } from '../../speech/measure/errorRate'
import type { MeasureRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runMeasure({ ladder, post, pause }: TaskContext, request: MeasureRequest) {
  const { id, reference, text, phones } = request
  const plan = await textToPlan(ladder, reference, undefined, pause)
  const result = {
    words: wordErrorRate(planToText(plan), text),
    phones: phoneErrorRate(plan.utterances.flat(), phones),
  }
  post({ type: 'measured', id, result })
}
