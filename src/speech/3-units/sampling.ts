/**
 * Owns: how one token is chosen from the model's logits: mask, temperature, min-p, top-k, top-p, then the Gumbel-max draw
 * (Gumbel 1954; arg max of log p + G is a draw from p). A token's noise depends on (seed, take, step, token id) alone, so
 * temperatures share it and a take can be replayed. Knows no grammar: the allowed tokens are handed in.
 */
import { ConvergeError } from '../errors'
import { DOMAIN, philox4x32, seedToKey, uniformOpen } from './philox'
import type { TokenId } from './vocabulary'

/** The legal next tokens: half-open ranges (the units, say) and single ids (the next phone). They may overlap. */
export interface AllowedTokens {
  readonly ranges: readonly (readonly [first: TokenId, end: TokenId])[]
  readonly ids: readonly TokenId[]
}

export interface SamplingOptions {
  /** 0 is greedy; 1 is the model's own distribution. */
  readonly temperature: number
  /** The most likely tokens kept, ties included; 0 keeps all. */
  readonly topK: number
  /** Tokens are kept until their probabilities reach this sum; 1 keeps all. */
  readonly topP: number
  /** Tokens below this part of the most likely one's probability are cut; 0 keeps all. */
  readonly minP: number
}

/** The address of a draw. `take` and `step` are u32. */
export interface DrawAddress {
  readonly seed: number
  readonly take: number
  readonly step: number
}

/** What is possible at one step. The arrays run over the allowed tokens by ascending id; each row of chances sums to 1. */
export interface Chances {
  readonly ids: Int32Array
  /** Under the model, before temperature. */
  readonly model: Float64Array
  /** After temperature and cuts; 0 = cut. At temperature 0 the most likely token has 1. */
  readonly shaped: Float64Array
}

export interface Draw {
  readonly token: TokenId
  /** Under the model before temperature, renormalised over the allowed tokens. */
  readonly probability: number
  /** Of that same distribution. */
  readonly entropyNats: number
}

/** @throws ConvergeError `option-invalid` naming the option, what was found and what is wanted. */
export function checkSamplingOptions(options: SamplingOptions): void {
  const rules: [keyof SamplingOptions, boolean, string][] = [
    ['temperature', options.temperature >= 0 && options.temperature <= 100, 'a number from 0 to 100'],
    ['topK', Number.isInteger(options.topK) && options.topK >= 0, '0 or a positive whole number'],
    ['topP', options.topP > 0 && options.topP <= 1, 'above 0 and at most 1'],
    ['minP', options.minP >= 0 && options.minP <= 1, 'a number from 0 to 1'],
  ]
  for (const [option, isRight, wanted] of rules) {
    if (isRight) continue
    const found = String(options[option])
    throw new ConvergeError('option-invalid', `The option ${option} must be ${wanted}; found ${found}.`, {
      option,
      found,
      wanted,
    })
  }
}

/**
 * logits (vocab) -> the chances at this step.
 * @throws ConvergeError `option-invalid`; `engine-failed` where a logit is NaN or +infinite, or no allowed one is finite.
 */
export function logitsToChances(
  logits: Float32Array,
  allowed: AllowedTokens,
  options: SamplingOptions,
): Chances {
  checkSamplingOptions(options)
  const ids = allowedIds(allowed, logits.length)
  const scores = new Float64Array(ids.length)
  for (let i = 0; i < ids.length; i++) scores[i] = logits[ids[i]]
  const most = arrayMax(scores)
  if (!Number.isFinite(most)) {
    throw new ConvergeError(
      'engine-failed',
      'The language model gave no usable numbers for the next token.',
      {
        found: String(most),
        allowed: ids.length,
      },
    )
  }
  const model = softmax(scores, most, 1)
  if (options.temperature > 0) {
    return { ids, model, shaped: cut(softmax(scores, most, options.temperature), options) }
  }
  const shaped = new Float64Array(ids.length)
  shaped[scores.indexOf(most)] = 1
  return { ids, model, shaped }
}

/**
 * Draws one token. The same logits, options and address give the same token.
 * @throws as `logitsToChances`
 */
export function sampleToken(
  logits: Float32Array,
  allowed: AllowedTokens,
  options: SamplingOptions,
  address: DrawAddress,
): Draw {
  const { ids, model, shaped } = logitsToChances(logits, allowed, options)
  const chosen =
    options.temperature === 0
      ? shaped.indexOf(1)
      : drawnIndex(logits, ids, shaped, options.temperature, address)
  let entropyNats = 0
  for (const p of model) if (p > 0) entropyNats -= p * Math.log(p)
  return { token: ids[chosen], probability: model[chosen], entropyNats }
}

/**
 * What the draw compares: logit / temperature + Gumbel noise of each kept token, -Infinity for those that were cut; the
 * largest wins, ties go to the lowest id.
 * @param temperature above 0
 */
export function gumbelScores(
  logits: Float32Array,
  ids: Int32Array,
  shaped: Float64Array,
  temperature: number,
  { seed, take, step }: DrawAddress,
): Float64Array {
  const [k0, k1] = seedToKey(seed)
  const words = new Uint32Array(4)
  const scores = new Float64Array(ids.length).fill(-Infinity)
  let block = -1
  for (let i = 0; i < ids.length; i++) {
    if (shaped[i] === 0) continue
    const id = ids[i]
    if (id >>> 2 !== block) {
      block = id >>> 2
      philox4x32(words, step, block, take, DOMAIN.token, k0, k1)
    }
    const score = logits[id] / temperature - Math.log(-Math.log(uniformOpen(words[id & 3])))
    // What is kept stays above what is cut, even where the temperature is too small to divide by.
    scores[i] = Math.max(score, -Number.MAX_VALUE)
  }
  return scores
}

const NOISE_BITS = 23
/** Noise of a word with this many leading ones is below this: -ln(-ln(1 - 2^-(ones + 1))), and a margin for rounding. */
const NOISE_BOUNDS = Float64Array.from(
  { length: NOISE_BITS + 1 },
  (_, ones) => -Math.log(-Math.log1p(-(2 ** -(ones + 1)))) + 1e-6,
)

/**
 * The place of the largest of `gumbelScores`, the first of equals, found faster: the most likely token goes first, because
 * most others could not pass it with any noise, or with noise of their word's size. Most logarithms and many Philox blocks
 * are never computed, and the answer is the same.
 */
function drawnIndex(
  logits: Float32Array,
  ids: Int32Array,
  shaped: Float64Array,
  temperature: number,
  { seed, take, step }: DrawAddress,
): number {
  const [k0, k1] = seedToKey(seed)
  const words = new Uint32Array(4)
  let block = -1
  const wordOf = (id: TokenId): number => {
    if (id >>> 2 !== block) {
      block = id >>> 2
      philox4x32(words, step, block, take, DOMAIN.token, k0, k1)
    }
    return words[id & 3]
  }
  const scoreOf = (i: number): number => {
    const noise = -Math.log(-Math.log(uniformOpen(wordOf(ids[i]))))
    return Math.max(logits[ids[i]] / temperature + noise, -Number.MAX_VALUE)
  }
  let best = indexOfMost(shaped)
  let bestScore = scoreOf(best)
  for (let i = 0; i < ids.length; i++) {
    if (shaped[i] === 0) continue
    const gap = bestScore - logits[ids[i]] / temperature
    // Where a quotient is infinite, nothing is known beforehand.
    if (gap < Infinity && (gap > NOISE_BOUNDS[NOISE_BITS] || gap > NOISE_BOUNDS[leadingOnes(wordOf(ids[i]))]))
      continue
    const score = scoreOf(i)
    if (score > bestScore || (score === bestScore && i < best)) {
      bestScore = score
      best = i
    }
  }
  return best
}

const leadingOnes = (word: number): number => Math.min(NOISE_BITS, Math.clz32(~word))

/** The first of equals. */
function indexOfMost(scores: Float64Array): number {
  let best = 0
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i
  return best
}

/** Ascending, each id once. */
function allowedIds({ ranges, ids }: AllowedTokens, vocabularySize: number): Int32Array {
  const isAllowed = new Uint8Array(vocabularySize)
  for (const [first, end] of ranges) isAllowed.fill(1, first, end)
  for (const id of ids) isAllowed[id] = 1
  const list = new Int32Array(vocabularySize)
  let count = 0
  for (let id = 0; id < vocabularySize; id++) if (isAllowed[id] === 1) list[count++] = id
  return list.subarray(0, count)
}

/** NaN where any value is NaN; -Infinity where there is none. */
function arrayMax(values: Float64Array): number {
  let most = -Infinity
  for (const value of values) {
    if (Number.isNaN(value)) return NaN
    if (value > most) most = value
  }
  return most
}

function softmax(scores: Float64Array, most: number, temperature: number): Float64Array {
  const p = new Float64Array(scores.length)
  for (let i = 0; i < p.length; i++) p[i] = Math.exp((scores[i] - most) / temperature)
  return normalise(p)
}

function normalise(p: Float64Array): Float64Array {
  let sum = 0
  for (const value of p) sum += value
  for (let i = 0; i < p.length; i++) p[i] /= sum
  return p
}

/** Min-p, top-k, top-p one after the other, as the trained models were evaluated: no renormalising between them. */
function cut(p: Float64Array, { minP, topK, topP }: SamplingOptions): Float64Array {
  const floor = minP * arrayMax(p)
  for (let i = 0; i < p.length; i++) if (p[i] < floor) p[i] = 0
  if ((topK > 0 && topK < p.length) || topP < 1) {
    const order = Array.from(p.keys()).sort((a, b) => p[b] - p[a] || a - b)
    const kth = topK > 0 && topK < p.length ? p[order[topK - 1]] : 0
    let before = 0
    for (const i of order) {
      const value = p[i] < kth ? 0 : p[i]
      if (value === 0 || before >= topP) p[i] = 0
      before += value
    }
  }
  return normalise(p)
}
