/**
 * Owns: the grammar of the two letter tasks, `say as` (letters to phones) and `spell` (phones to letters): greedy among
 * the target alphabet and <eos>. Both positions count tokens.
 */
import { ConvergeError } from '../../errors'
import { checkLogits, type AllowedTokens } from '../sampling'
import type { Phone, TokenId, Vocabulary } from '../vocabulary'
import {
  argmax,
  choiceEntropy,
  logAdd,
  logSumExp,
  START,
  type Followed,
  type Rule,
  type StreamState,
} from './rule'

export type TranscribePlan =
  /** Letters the model knows; others are left out. */
  | { readonly task: 'say-as'; readonly letters: string }
  | { readonly task: 'spell'; readonly phones: readonly Phone[] }

/** Tokens; longer than any word or sentence of the training rows. */
export const MAX_OUTPUT_TOKENS = 200

export function transcribeRule(plan: TranscribePlan, vocabulary: Vocabulary): Rule<StreamState> {
  const [task, target] =
    plan.task === 'say-as'
      ? ([vocabulary.sayAs, vocabulary.phoneRange] as const)
      : ([vocabulary.spell, vocabulary.letterRange] as const)
  const source =
    plan.task === 'say-as' ? lettersToIds(plan.letters, vocabulary) : phonesToIds(plan.phones, vocabulary)
  if (source.length === 0) {
    throw new ConvergeError('text-unreadable', 'There is nothing here that the model can read.', {
      task: plan.task,
    })
  }
  const ids = [vocabulary.pad, task, ...source, vocabulary.go]
  const mayGoOn = ({ step }: StreamState): boolean => step < MAX_OUTPUT_TOKENS

  function allowed(state: StreamState): AllowedTokens {
    return { ranges: mayGoOn(state) ? [target] : [], ids: [vocabulary.eos] }
  }

  function follow(state: StreamState, id: TokenId): Followed {
    const position = ids.length + state.step
    return {
      token: { id, time: position, phone: position },
      state: { ...state, step: state.step + 1, done: id === vocabulary.eos },
    }
  }

  return {
    prefix: ids.map((id, i) => ({ id, time: i, phone: i })),
    start: START,
    allowed,
    follow,
    next(state, logits) {
      const best = argmax(logits, target)
      const all = mayGoOn(state) ? logSumExp(logits, target) : -Infinity
      const eos = logits[vocabulary.eos]
      const total = logAdd(all, eos)
      checkLogits(total)
      const id = eos >= logits[best] || !mayGoOn(state) ? vocabulary.eos : best
      return {
        ...follow(state, id),
        probability: Math.exp(logits[id] - total),
        entropyNats: choiceEntropy(logits, target, all, Math.exp(all - total)),
      }
    },
  }
}

function lettersToIds(letters: string, vocabulary: Vocabulary): TokenId[] {
  return letters.split('').flatMap((letter) => vocabulary.letterToId(letter) ?? [])
}

function phonesToIds(phones: readonly Phone[], vocabulary: Vocabulary): TokenId[] {
  return phones.map((phone) => vocabulary.phoneToId(phone))
}
