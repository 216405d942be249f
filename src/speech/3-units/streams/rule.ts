/**
 * Owns: what every task's rule has in common: placed tokens, a step's record, and the numbers read off a row of logits.
 */
import type { AllowedTokens } from '../sampling'
import type { TokenId } from '../vocabulary'

/** A token with its two rotary positions. */
export interface PlacedToken {
  readonly id: TokenId
  /** Frames so far. */
  readonly time: number
  /** Phones so far. */
  readonly phone: number
}

/** Where a stream stands; the meaning of the counters is the task's own. */
export interface StreamState {
  /** Steps taken, which also numbers the noise. */
  readonly step: number
  readonly frames: number
  readonly phones: number
  /** Tokens since the last change between units and phones. */
  readonly run: number
  readonly done: boolean
}

export const START: StreamState = { step: 0, frames: 0, phones: 0, run: 0, done: false }

/** A token in its place, and where the stream stands after it. */
export interface Followed {
  readonly token: PlacedToken
  readonly state: StreamState
}

export interface StreamStep {
  /** What the stream says or hears next; it is fed back to the engine unless the stream is done. */
  readonly token: PlacedToken
  readonly state: StreamState
  /** Probability of this token before temperature and cuts, among what the grammar allows. */
  readonly probability: number
  /** Of that same distribution. In listening, hearing on is one choice beside every phone. */
  readonly entropyNats: number
}

export interface Rule<State> {
  readonly prefix: readonly PlacedToken[]
  readonly start: State
  /** What may come next. In listening every unit stands for hearing the one that comes. */
  allowed(state: State): AllowedTokens
  /** Goes on with a given token instead of drawing one: to replay a stream, or to force a token. */
  follow(state: State, id: TokenId): Followed
  /** `logits` (vocabulary) of the last token fed. @throws ConvergeError `engine-failed` where they are of no use */
  next(state: State, logits: Float32Array): StreamStep
}

/** ln of the sum of exp over ids first … end - 1. NaN where one is NaN or +Infinity, -Infinity where all are -Infinity. */
export function logSumExp(logits: Float32Array, [first, end]: readonly [number, number]): number {
  let max = -Infinity
  for (let id = first; id < end; id++) max = Math.max(max, logits[id])
  if (max === -Infinity) return max
  let sum = 0
  for (let id = first; id < end; id++) sum += Math.exp(logits[id] - max)
  return max + Math.log(sum)
}

/** ln of the sum of two numbers that are given as their ln. */
export const logAdd = (a: number, b: number): number =>
  Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))

/**
 * Entropy of a choice between one other thing and the ids first … end - 1, which together have the chance `share`.
 * @param total ln of the sum of exp over those ids
 */
export function choiceEntropy(
  logits: Float32Array,
  [first, end]: readonly [number, number],
  total: number,
  share: number,
): number {
  if (share === 0) return 0
  let within = 0
  for (let id = first; id < end; id++) {
    const log = logits[id] - total
    if (log > -Infinity) within -= Math.exp(log) * log
  }
  return entropyTerm(share) + entropyTerm(1 - share) + share * within
}

const entropyTerm = (p: number): number => (p > 0 ? -p * Math.log(p) : 0)

/** The likeliest id of first … end - 1; the lowest wins a tie. */
export function argmax(logits: Float32Array, [first, end]: readonly [number, number]): TokenId {
  let best = first
  for (let id = first + 1; id < end; id++) if (logits[id] > logits[best]) best = id
  return best
}
