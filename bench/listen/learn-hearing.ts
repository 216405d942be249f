/**
 * Owns: counting what is misheard. True sounds and heard ones are aligned by the best way through the channel of the round
 * before (Viterbi), counted again, and so on; rare counts lean on how often a sound is heard at all.
 */
import type { Hearing } from '../../src/speech/3-units/search/hearing'
import type { Sound } from '../../src/speech/3-units/search/sounds'
import { sum } from '../mean-error'

export interface HeardSentence {
  readonly truth: readonly Sound[]
  /** (heard, sound): the share of each sound in what was heard. */
  readonly heard: readonly (readonly number[])[]
}

interface Counts {
  readonly heard: number[][]
  readonly missed: number[]
  readonly added: number[]
}

const ROUNDS = 4
/** Counts that a sound borrows: half of being heard right, half of the average. */
const BORROWED = 6
const BORROWED_MISSED = 10
const BORROWED_ADDED = 5
const DIGITS = 1e5

export function learnHearing(sentences: readonly HeardSentence[], sounds: number): Hearing {
  let hearing: Hearing = {
    heard: matrix(sounds, (truth, heard) => (truth === heard ? 0.8 : 0.2 / sounds)),
    missed: Array<number>(sounds).fill(0.06),
    added: Array<number>(sounds).fill(0.05 / sounds),
  }
  for (let round = 0; round < ROUNDS; round++) {
    const counts: Counts = {
      heard: matrix(sounds, () => 0),
      missed: Array<number>(sounds).fill(0),
      added: Array<number>(sounds).fill(0),
    }
    for (const sentence of sentences) countSentence(sentence, hearing, counts)
    hearing = countsToHearing(counts)
  }
  return hearing
}

function countSentence({ truth, heard }: HeardSentence, hearing: Hearing, counts: Counts): void {
  const mix = (row: readonly number[], shares: readonly number[]) =>
    shares.reduce((sum, share, i) => sum + share * row[i], 0)
  const hit = (i: number, j: number) =>
    Math.log(mix(hearing.heard[truth[i]], heard[j]) * (1 - hearing.missed[truth[i]]))
  const miss = (i: number) => Math.log(hearing.missed[truth[i]])
  const extra = (j: number) => Math.log(mix(hearing.added, heard[j]))
  const best = matrix(truth.length + 1, () => -Infinity, heard.length + 1)
  best[0][0] = 0
  for (let i = 0; i <= truth.length; i++) {
    for (let j = 0; j <= heard.length; j++) {
      if (i > 0 && j > 0) best[i][j] = best[i - 1][j - 1] + hit(i - 1, j - 1)
      if (i > 0) best[i][j] = Math.max(best[i][j], best[i - 1][j] + miss(i - 1))
      if (j > 0) best[i][j] = Math.max(best[i][j], best[i][j - 1] + extra(j - 1))
    }
  }
  let i = truth.length
  let j = heard.length
  while (i > 0 || j > 0) {
    if (i > 0 && j > 0 && best[i][j] === best[i - 1][j - 1] + hit(i - 1, j - 1)) {
      i--
      j--
      for (const [sound, share] of heard[j].entries()) counts.heard[truth[i]][sound] += share
    } else if (i > 0 && best[i][j] === best[i - 1][j] + miss(i - 1)) {
      i--
      counts.missed[truth[i]] += 1
    } else {
      j--
      for (const [sound, share] of heard[j].entries()) counts.added[sound] += share
    }
  }
}

function countsToHearing({ heard, missed, added }: Counts): Hearing {
  const round = (value: number) => Math.ceil(value * DIGITS) / DIGITS
  const ever = added.map((_, sound) => sum(heard.map((row) => row[sound])))
  const hits = sum(ever)
  const truths = hits + sum(missed)
  return {
    heard: heard.map((row, truth) => {
      const all = sum(row) + BORROWED
      return row.map((count, sound) =>
        round((count + (BORROWED / 2) * ((sound === truth ? 1 : 0) + ever[sound] / hits)) / all),
      )
    }),
    missed: missed.map((count, truth) =>
      round(
        (count + (BORROWED_MISSED * sum(missed)) / truths) / (count + sum(heard[truth]) + BORROWED_MISSED),
      ),
    ),
    added: added.map((count, sound) => round((count + (BORROWED_ADDED * ever[sound]) / hits) / truths)),
  }
}

const matrix = (rows: number, value: (row: number, column: number) => number, columns = rows): number[][] =>
  Array.from({ length: rows }, (_row, row) =>
    Array.from({ length: columns }, (_column, column) => value(row, column)),
  )
