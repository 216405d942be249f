/**
 * Owns: the grammar of listening. At each step the model either hears the next unit (its probability is the sum over
 * all units) or says a phone; greedily, whichever is likelier. After the last unit it says phones until <eos> is likelier.
 */
import { ConvergeError } from '../../errors'
import type { Unit, Vocabulary } from '../vocabulary'
import { argmax, logSumExp, START, type PlacedToken, type Rule, type StreamState } from './rule'

export interface ListenPlan {
  readonly task: 'listen'
  readonly units: readonly Unit[]
}

/** Phones in a row without hearing a unit: a guard against babbling, as in the prototype. */
const MAX_PHONES_PER_FRAME = 4

export function listenRule(plan: ListenPlan, vocabulary: Vocabulary): Rule<StreamState> {
  const units = plan.units.map((unit) => vocabulary.unitToId(unit))
  const [firstUnit, endUnit] = vocabulary.unitRange
  if (units.length === 0 || units.some((id) => !(Number.isInteger(id) && id >= firstUnit && id < endUnit))) {
    throw new ConvergeError(
      'units-invalid',
      `Listening needs at least one unit, each a whole number from 0 to ${endUnit - firstUnit - 1}.`,
      { units: units.length },
    )
  }
  const prefix: PlacedToken[] = [
    { id: vocabulary.pad, time: 0, phone: 0 },
    { id: vocabulary.listen, time: 0, phone: 0 },
    { id: units[0], time: 1, phone: 0 },
  ]
  return {
    prefix,
    start: { ...START, frames: 1 },
    next(state, logits) {
      const atEnd = state.frames >= units.length
      const say = logSumExp(logits, vocabulary.phoneRange)
      const wait = atEnd ? logits[vocabulary.eos] : logSumExp(logits, vocabulary.unitRange)
      const step = state.step + 1
      const sayShare = 1 / (1 + Math.exp(wait - say))
      if (state.run < MAX_PHONES_PER_FRAME && say > wait) {
        const id = argmax(logits, vocabulary.phoneRange)
        const phones = state.phones + 1
        return {
          token: { id, time: state.frames, phone: phones },
          state: { ...state, step, phones, run: state.run + 1 },
          probability: sayShare * Math.exp(logits[id] - say),
        }
      }
      if (atEnd) {
        return {
          token: { id: vocabulary.eos, time: state.frames, phone: state.phones },
          state: { ...state, step, done: true },
          probability: 1 - sayShare,
        }
      }
      const frames = state.frames + 1
      return {
        token: { id: units[state.frames], time: frames, phone: state.phones },
        state: { ...state, step, frames, run: 0 },
        probability: 1 - sayShare,
      }
    },
  }
}
