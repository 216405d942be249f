/**
 * Owns: whether a take says what it was asked to: every phone, in order, none held beyond all measure, to the end. The
 * grammar promises most of this; the figure shows that the promise is kept.
 */
import type { Phone } from '../src/speech/3-units/vocabulary'

export interface SaidPhone {
  readonly phone: Phone
  readonly frames: number
}

export interface TakeCheck {
  /** What was said is the plan's beginning, phone by phone, each with at least one frame. */
  readonly isInOrder: boolean
  /** Every planned phone was said, and the take ended by itself. */
  readonly isFinished: boolean
  /** Some phone was held for `mostFrames`, where the grammar cuts it off. */
  readonly isRunaway: boolean
  readonly longestPhone: Phone | undefined
  readonly longestFrames: number
  readonly isGood: boolean
}

/**
 * @param plan the phones asked for, with the silences at both ends
 * @param said what the take holds, in its order
 * @param ended whether the take ended with <eos>
 * @param mostFrames the grammar's limit for one phone
 */
export function checkTake(
  plan: readonly Phone[],
  said: readonly SaidPhone[],
  ended: boolean,
  mostFrames: number,
): TakeCheck {
  const isInOrder =
    said.length <= plan.length && said.every(({ phone, frames }, i) => phone === plan[i] && frames > 0)
  const isFinished = ended && isInOrder && said.length === plan.length
  const longest = said.reduce<SaidPhone | undefined>(
    (most, next) => (most === undefined || next.frames > most.frames ? next : most),
    undefined,
  )
  const longestFrames = longest?.frames ?? 0
  const isRunaway = longestFrames >= mostFrames
  return {
    isInOrder,
    isFinished,
    isRunaway,
    longestPhone: longest?.phone,
    longestFrames,
    isGood: isFinished && !isRunaway,
  }
}
