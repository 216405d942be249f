/**
 * Owns: what the language model mishears, as a noisy channel: each true sound is heard as some sound or missed, and now and
 * then a sound is heard where there is none. Turns the posteriors of one heard sound into the score of each true one.
 */
import type { HeardSound } from './sounds'

/** Counted on tuning speech; shares, so that they can be read. */
export interface Hearing {
  /** (true sound, heard sound): share of each heard sound where the true one was heard at all. */
  readonly heard: readonly (readonly number[])[]
  /** (true sound): share that was missed. */
  readonly missed: readonly number[]
  /** (heard sound): how often it is heard where there is none, over all true sounds. */
  readonly added: readonly number[]
}

/** Scores are ln of likelihood ratios against a sound heard by chance. */
export interface SlotScores {
  /** (true sound) */
  readonly heard: Float32Array
  /** Where there is none. */
  readonly added: number
}

export interface Channel {
  /** ln (true sound) */
  readonly missed: Float32Array
  toScores(heard: HeardSound): SlotScores
}

export interface ChannelWeights {
  /** How much the language model's own certainty counts; 1 takes its posteriors as they are. */
  readonly certainty: number
  /** How much of the chance of a heard sound is divided out, 0 to 1. */
  readonly chance: number
}

export function createChannel(hearing: Hearing, { certainty, chance }: ChannelWeights): Channel {
  const count = hearing.missed.length
  const added = hearing.added.reduce((sum, share) => sum + share, 0)
  /** (heard sound): how often it is heard at all, to the power that is divided out. */
  const byChance = hearing.added.map((share, heard) => {
    const all = hearing.heard.reduce((sum, row, truth) => sum + row[heard] * (1 - hearing.missed[truth]), 0)
    return Math.max((all / count + share) / (1 + added), 1e-6) ** chance
  })
  return {
    missed: Float32Array.from(hearing.missed, (share) => Math.log(share)),
    toScores({ posteriors }) {
      const shares = Array.from(posteriors, (logShare) => Math.exp(certainty * logShare))
      const total = shares.reduce((sum, share) => sum + share, 0)
      const weighed = shares.map((share, heard) => share / total / byChance[heard])
      const score = (row: readonly number[]): number => weighed.reduce((sum, share, heard) => sum + share * row[heard], 0)
      return {
        heard: Float32Array.from(hearing.heard, (row, truth) => Math.log(score(row) * (1 - hearing.missed[truth]))),
        added: Math.log(score(hearing.added)),
      }
    },
  }
}
