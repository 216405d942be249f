/**
 * Owns: how one token is chosen from the model's logits: mask, temperature, min-p, top-k, top-p, then the draw of
 * `gumbel.ts`. Knows no grammar: the allowed tokens are handed in.
 */
import { ConvergeError } from '../errors'
import { drawnIndex, type DrawAddress } from './gumbel'
import type { TokenId } from './vocabulary'

export { gumbelScores, type DrawAddress } from './gumbel'

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

/** What may not be drawn, however hot. */
export type Cuts = Omit<SamplingOptions, 'temperature'>

export const NO_CUTS: Cuts = { topK: 0, topP: 1, minP: 0 }

/** By temperature alone. */
export const uncut = (temperature: number): SamplingOptions => ({ temperature, ...NO_CUTS })

/** The likeliest, always: nothing is drawn. */
export const GREEDY = uncut(0)

export const AS_THE_MODEL_THINKS = uncut(1)

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
  const { ids, scores, most, model } = modelChances(logits, allowed, options)
  if (options.temperature > 0) {
    return { ids, model, shaped: cut(softmax(scores, most, options.temperature), options) }
  }
  const shaped = new Float64Array(ids.length)
  shaped[scores.indexOf(most)] = 1
  return { ids, model, shaped }
}

interface ModelChances {
  readonly ids: Int32Array
  readonly scores: Float64Array
  /** The largest score. */
  readonly most: number
  readonly model: Float64Array
}

function modelChances(logits: Float32Array, allowed: AllowedTokens, options: SamplingOptions): ModelChances {
  checkSamplingOptions(options)
  const ids = allowedIds(allowed, logits.length)
  const scores = new Float64Array(ids.length)
  for (let i = 0; i < ids.length; i++) scores[i] = logits[ids[i]]
  const most = arrayMax(scores)
  checkLogits(most)
  return { ids, scores, most, model: softmax(scores, most, 1) }
}

/**
 * Every draw asks this, greedy ones too: a broken engine is left for another one, not believed.
 * @param most of the allowed tokens' logits, or ln of the sum of their exp: NaN or infinite where they are of no use
 * @throws ConvergeError `engine-failed`
 */
export function checkLogits(most: number): void {
  if (Number.isFinite(most)) return
  throw new ConvergeError('engine-failed', 'The language model gave no usable numbers for the next token.', {
    found: String(most),
  })
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
  const { ids, scores, most, model } = modelChances(logits, allowed, options)
  const chosen =
    options.temperature === 0
      ? scores.indexOf(most)
      : drawnIndex(keptOnly(scores, most, options), ids, options.temperature, address)
  return { token: ids[chosen], probability: model[chosen], entropyNats: entropyOf(model, scores, most) }
}

/** -Σ p log p, where log p = score - most + log p(most): one logarithm instead of one for each token. */
function entropyOf(model: Float64Array, scores: Float64Array, most: number): number {
  let expected = 0
  for (let i = 0; i < model.length; i++) if (model[i] > 0) expected += model[i] * (most - scores[i])
  return expected - Math.log(arrayMax(model))
}

/** The scores of the tokens that the cuts leave, -Infinity for the others; without cuts the scores themselves. */
function keptOnly(scores: Float64Array, most: number, options: SamplingOptions): Float64Array {
  const { temperature, topK, topP, minP } = options
  if (topK === 0 && topP === 1 && minP === 0) return scores
  const shaped = cut(softmax(scores, most, temperature), options)
  return scores.map((score, i) => (shaped[i] === 0 ? -Infinity : score))
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
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value > most) most = value
    else if (Number.isNaN(value)) return NaN
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
