/**
 * Owns: the grammar of listening. At each step the model either hears the next unit (its probability is the sum over
 * all units) or says a phone; greedily, whichever is likelier. After the last unit it says phones until <eos> is likelier.
 */
import { ConvergeError } from '../../errors'
import { checkLogits, type AllowedTokens } from '../sampling'
import type { TokenId, Unit, Vocabulary } from '../vocabulary'
import {
  argmax,
  choiceEntropy,
  logAdd,
  logSumExp,
  START,
  type Followed,
  type PlacedToken,
  type Rule,
  type StreamState,
} from './rule'

export interface ListenPlan {
  readonly task: 'listen'
  readonly units: readonly Unit[]
}

/** Phones in a row without hearing a unit: a guard against babbling, as in the prototype. */
export const MAX_PHONES_PER_FRAME = 4

export function listenRule(plan: ListenPlan, vocabulary: Vocabulary): Rule<StreamState> {
  if (plan.units.length === 0) {
    throw new ConvergeError('units-invalid', 'Listening needs at least one unit.', { units: 0 })
  }
  const units = plan.units.map((unit) => vocabulary.unitToId(unit))
  const prefix: PlacedToken[] = [
    { id: vocabulary.pad, time: 0, phone: 0 },
    { id: vocabulary.listen, time: 0, phone: 0 },
    { id: units[0], time: 1, phone: 0 },
  ]
  const isAtEnd = ({ frames }: StreamState): boolean => frames >= units.length

  const maySay = ({ run }: StreamState): boolean => run < MAX_PHONES_PER_FRAME

  function allowed(state: StreamState): AllowedTokens {
    const phones = maySay(state) ? [vocabulary.phoneRange] : []
    return isAtEnd(state)
      ? { ranges: phones, ids: [vocabulary.eos] }
      : { ranges: [...phones, vocabulary.unitRange], ids: [] }
  }

  function follow(state: StreamState, id: TokenId): Followed {
    const step = state.step + 1
    const { frames, phones } = state
    if (vocabulary.isPhone(id)) {
      const token = { id, time: frames, phone: phones + 1 }
      return { token, state: { ...state, step, phones: phones + 1, run: state.run + 1 } }
    }
    if (id === vocabulary.eos) {
      return { token: { id, time: frames, phone: phones }, state: { ...state, step, done: true } }
    }
    const token = { id, time: frames + 1, phone: phones }
    return { token, state: { ...state, step, frames: frames + 1, run: 0 } }
  }

  return {
    prefix,
    start: { ...START, frames: 1 },
    allowed,
    follow,
    next(state, logits) {
      const atEnd = isAtEnd(state)
      const say = maySay(state) ? logSumExp(logits, vocabulary.phoneRange) : -Infinity
      const wait = atEnd ? logits[vocabulary.eos] : logSumExp(logits, vocabulary.unitRange)
      checkLogits(logAdd(wait, say))
      const sayShare = 1 / (1 + Math.exp(wait - say))
      const entropyNats = choiceEntropy(logits, vocabulary.phoneRange, say, sayShare)
      if (say > wait) {
        const id = argmax(logits, vocabulary.phoneRange)
        const probability = sayShare * Math.exp(logits[id] - say)
        return { ...follow(state, id), probability, entropyNats }
      }
      const id = atEnd ? vocabulary.eos : units[state.frames]
      return { ...follow(state, id), probability: 1 - sayShare, entropyNats }
    },
  }
}
