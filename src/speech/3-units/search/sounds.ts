/**
 * Owns: the alphabet of word search. A *sound* is a phone without stress; spaces, marks and silence are one sound of their
 * own, the boundary, number 0. Posteriors of the language model's phones fold into posteriors of sounds.
 */
import type { Phone, TokenId, Vocabulary } from '../vocabulary'

/** A sound's number; 0 is the boundary between words. */
export type Sound = number

export const BOUNDARY: Sound = 0

const LEAST_PROBABILITY = 1e-9

export interface Sounds {
  readonly count: number
  /** `names[BOUNDARY]` is a space. */
  readonly names: readonly string[]
  ofPhone(phone: Phone): Sound
  /**
   * ln of each sound's share (count) among the phones, of one row of logits (vocabulary).
   */
  posteriors(logits: Float32Array): Float32Array
  /** Each sound's likeliest phone (count): the stress or the mark to say. */
  likeliestIds(logits: Float32Array): TokenId[]
}

const withoutStress = (phone: Phone): string => (/^[A-Z]/.test(phone) ? phone.replace(/[012]$/, '') : ' ')

export function createSounds(vocabulary: Vocabulary): Sounds {
  const names = [' ', ...new Set(vocabulary.phones.map(withoutStress).filter((name) => name !== ' '))]
  const numbers = new Map(names.map((name, sound) => [name, sound]))
  const ofPhone = (phone: Phone): Sound => numbers.get(withoutStress(phone)) ?? BOUNDARY
  const ofPhoneId: readonly Sound[] = vocabulary.phones.map(ofPhone)
  const [first, end] = vocabulary.phoneRange
  return {
    count: names.length,
    names,
    ofPhone,
    posteriors(logits) {
      let max = -Infinity
      for (let id: TokenId = first; id < end; id++) max = Math.max(max, logits[id])
      const shares = new Float32Array(names.length)
      let sum = 0
      for (let id: TokenId = first; id < end; id++) {
        const share = Math.exp(logits[id] - max)
        shares[ofPhoneId[id - first]] += share
        sum += share
      }
      return shares.map((share) => Math.log(Math.max(share / sum, LEAST_PROBABILITY)))
    },
    likeliestIds(logits) {
      const best: TokenId[] = names.map(() => first)
      const most = new Float32Array(names.length).fill(-Infinity)
      for (let id = first; id < end; id++) {
        const sound = ofPhoneId[id - first]
        if (logits[id] > most[sound]) {
          most[sound] = logits[id]
          best[sound] = id
        }
      }
      return best
    },
  }
}

/** One sound as the language model said it while listening, with what else it might have been. */
export interface HeardSound {
  readonly phone: Phone
  readonly sound: Sound
  /** Frames heard when it was said. */
  readonly frames: number
  /** Of saying it there and then. */
  readonly probability: number
  /** ln (sound). */
  readonly posteriors: Float32Array
}
