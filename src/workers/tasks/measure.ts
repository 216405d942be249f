/** Owns: the request `measure`: what was heard against what was said, words and phones. */
import { textToPlan } from '../../gpu/ladder/plan'
import { phoneErrorRate, wordErrorRate } from '../../speech/measure/errorRate'
import type { MeasureRequest } from '../protocol'
import type { TaskContext } from './context'

export async function runMeasure({ ladder, post, pause }: TaskContext, request: MeasureRequest) {
  const { id, reference, text, phones } = request
  const { utterances } = await textToPlan(ladder, reference, undefined, pause)
  const result = {
    words: wordErrorRate(reference, text),
    phones: phoneErrorRate(utterances.flat(), phones),
  }
  post({ type: 'measured', id, result })
}
