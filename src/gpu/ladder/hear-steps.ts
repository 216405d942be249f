/**
 * Owns: the arithmetic of hearing with several histories: how one may go on at a frame, which steps lead to the same sounds,
 * and which are kept. Pure; knows of streams only that a history has one.
 */
import { checkLogits } from '../../speech/3-units/sampling'
import type { HeardSound, Sound, Sounds } from '../../speech/3-units/search/sounds'
import { logAdd, logSumExp } from '../../speech/3-units/streams/rule'
import type { TokenId, Vocabulary } from '../../speech/3-units/vocabulary'
import type { StreamId } from '../lm-engine'

export interface StepPorts {
  readonly vocabulary: Vocabulary
  readonly sounds: Sounds
}

/** What words make of sounds; a pure function of the sounds said so far. */
export interface Guide<Place> {
  readonly start: Place
  next(place: Place, sound: Sound): Place
  /** In nats, on the scale of the language model's. */
  score(place: Place): number
}

export interface HearOptions {
  /** Histories kept. */
  readonly beam: number
  /** Nats below the best history at which one is given up. */
  readonly width: number
  /**
   * From which share on hearing or saying is certain, 0.5 to 1: there a history has no choice. The model has seen sounds
   * said a little late, but one that is never said costs a history nothing: it falls silent, and looks better than the others.
   */
  readonly certain: number
}

/** What was said so far, the last sound first. */
export interface Said {
  readonly before: Said | undefined
  readonly heard: HeardSound
}

export interface History<Place> {
  readonly stream: StreamId
  /** (vocabulary): what comes after all that was heard and said. */
  readonly logits: Float32Array
  readonly said: Said | undefined
  /** The sounds as text, a character each. */
  readonly key: string
  /** ln of the probability of the sounds, over all times at which they may have been said. */
  readonly score: number
  readonly place: Place
}

/** A history's next step: to hear on, or to say a phone. */
export interface Step<Place> {
  readonly from: History<Place>
  readonly key: string
  readonly score: number
  readonly place: Place
  readonly saying?: { readonly id: TokenId; readonly heard: HeardSound }
}

/** A sound less likely than this, ln, opens no history. */
const LEAST_SHARE = -4.5
/** Steps that the guide is asked about, for each history kept. */
const GUIDED = 2

/**
 * How a history may go on at this frame.
 * @param maySay a sound
 * @throws ConvergeError `engine-failed` where the logits are of no use
 */
export function historyToSteps<Place>(
  { vocabulary, sounds }: StepPorts,
  from: History<Place>,
  frames: number,
  atEnd: boolean,
  maySay: boolean,
  certain: number,
): Step<Place>[] {
  const { logits, key, place } = from
  const wait = atEnd ? logits[vocabulary.eos] : logSumExp(logits, vocabulary.unitRange)
  const say = logSumExp(logits, vocabulary.phoneRange)
  const total = logAdd(wait, say)
  checkLogits(total)
  const hearing = { from, key, place, score: from.score + wait - total }
  const sayShare = Math.exp(say - total)
  if (!maySay || sayShare < 1 - certain) return [hearing]
  const posteriors = sounds.posteriors(logits)
  const steps: Step<Place>[] = sayShare > certain ? [] : [hearing]
  for (const [sound, id] of sounds.likeliestIds(logits).entries()) {
    const share = say - total + posteriors[sound]
    if (share < LEAST_SHARE) continue
    const heard = { phone: vocabulary.idToPhone(id), sound, frames, probability: Math.exp(share), posteriors }
    steps.push({
      from,
      key: key + String.fromCharCode(sound),
      place,
      score: from.score + share,
      saying: { id, heard },
    })
  }
  return steps
}

/** Of steps to the same sounds the likelier goes on, with the probability of both. */
export function mergeByKey<Place>(steps: readonly Step<Place>[]): Step<Place>[] {
  const merged = new Map<string, Step<Place>>()
  for (const step of steps) {
    const other = merged.get(step.key)
    if (!other) merged.set(step.key, step)
    else {
      const best = step.score > other.score ? step : other
      const score = logAdd(step.score, other.score)
      merged.set(step.key, { ...best, score })
    }
  }
  return [...merged.values()]
}

/** The best steps, with the guide moved on. It is asked about likely steps only. */
export function prune<Place>(
  steps: readonly Step<Place>[],
  guide: Guide<Place>,
  { beam, width }: HearOptions,
): Step<Place>[] {
  const rank = ({ score, place }: Step<Place>) => score + guide.score(place)
  const best = (from: readonly Step<Place>[], count: number) => {
    const sorted = from.map((step) => ({ step, rank: rank(step) })).toSorted((a, b) => b.rank - a.rank)
    return sorted.slice(0, count).filter((ranked) => ranked.rank >= sorted[0].rank - width)
  }
  const guided = best(steps, GUIDED * beam).map(({ step }) =>
    step.saying ? { ...step, place: guide.next(step.place, step.saying.heard.sound) } : step,
  )
  return best(guided, beam).map(({ step }) => step)
}
