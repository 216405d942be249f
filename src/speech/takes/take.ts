/**
 * Owns: what a take is once it is drawn: its units, the frames of each phone, and perhaps what the model thought while
 * drawing. All of it is plain data, over all utterances of a plan in a row. A take's *steps* are its drawn tokens: each
 * phone's units, then the next phone, or <eos> after an utterance's last.
 */
import { ConvergeError } from '../errors'
import type { Phone, TokenId, Unit, Vocabulary } from '../3-units/vocabulary'

export interface TakeTokens {
  readonly units: readonly Unit[]
  /** Frames of each phone of the plan, at least one. */
  readonly durationsFrames: readonly number[]
}

/** One number for each step. */
export interface TakeTrace {
  /** Of the token, before temperature and cuts. */
  readonly probabilities: readonly number[]
  readonly entropiesNats: readonly number[]
}

/** Each utterance's phones, with the silences at both ends. */
export type Utterances = readonly (readonly Phone[])[]

/** Where a step stands: in which utterance, and the how manieth of its drawn tokens it is. */
export interface StepPlace {
  readonly utterance: number
  readonly step: number
}

/** @returns each utterance's drawn tokens, <eos> included. @throws ConvergeError `units-invalid` */
export function takeToTokens(utterances: Utterances, take: TakeTokens, vocabulary: Vocabulary): TokenId[][] {
  checkTakeTokens(utterances, take, vocabulary)
  let unit = 0
  let phone = 0
  return utterances.map((phones) => {
    const tokens: TokenId[] = []
    for (let i = 0; i < phones.length; i++) {
      const end = unit + take.durationsFrames[phone + i]
      for (; unit < end; unit++) tokens.push(vocabulary.unitToId(take.units[unit]))
      tokens.push(i + 1 < phones.length ? vocabulary.phoneToId(phones[i + 1]) : vocabulary.eos)
    }
    phone += phones.length
    return tokens
  })
}

/** The inverse of `takeToTokens`; an utterance may be unfinished, and then its last phone counts as far as it came. */
export function tokensToTake(tokens: readonly (readonly TokenId[])[], vocabulary: Vocabulary): TakeTokens {
  const units: Unit[] = []
  const durationsFrames: number[] = []
  for (const utterance of tokens) {
    durationsFrames.push(0)
    for (const id of utterance) {
      if (vocabulary.isUnit(id)) {
        units.push(vocabulary.idToUnit(id))
        durationsFrames[durationsFrames.length - 1] += 1
      } else if (id !== vocabulary.eos) durationsFrames.push(0)
    }
  }
  return { units, durationsFrames }
}

/** Each utterance's part of the take. */
export function takeToUtterances(
  utterances: Utterances,
  { units, durationsFrames }: TakeTokens,
): TakeTokens[] {
  let unit = 0
  let phone = 0
  return utterances.map((phones) => {
    const durations = durationsFrames.slice(phone, phone + phones.length)
    const own = units.slice(unit, unit + sum(durations))
    phone += phones.length
    unit += own.length
    return { units: own, durationsFrames: durations }
  })
}

/** @throws ConvergeError `option-invalid` */
export function locateStep(utterances: Utterances, take: TakeTokens, step: number): StepPlace {
  let first = 0
  let phone = 0
  for (const [utterance, phones] of utterances.entries()) {
    const durations = take.durationsFrames.slice(phone, phone + phones.length)
    const end = first + phones.length + sum(durations)
    if (Number.isInteger(step) && step >= first && step < end) return { utterance, step: step - first }
    first = end
    phone += phones.length
  }
  throw new ConvergeError('option-invalid', `This take has the steps 0 to ${first - 1}; found ${step}.`, {
    option: 'step',
    wanted: first - 1,
    found: step,
  })
}

/** @throws ConvergeError `units-invalid` where the tokens are no take of these phones */
function checkTakeTokens(
  utterances: Utterances,
  { units, durationsFrames }: TakeTokens,
  { unitRange: [firstUnit, endUnit] }: Vocabulary,
): void {
  const phones = sum(utterances.map(({ length }) => length))
  const codes = endUnit - firstUnit
  const isTake =
    durationsFrames.length === phones &&
    durationsFrames.every((frames) => Number.isInteger(frames) && frames > 0) &&
    sum(durationsFrames) === units.length &&
    units.every((unit) => Number.isInteger(unit) && unit >= 0 && unit < codes)
  if (isTake) return
  throw new ConvergeError('units-invalid', 'These tokens are no take of these phones.', {
    phones,
    durations: durationsFrames.length,
    frames: sum(durationsFrames),
    units: units.length,
  })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
