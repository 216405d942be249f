/**
 * Owns: what the language model mishears, as a noisy channel: each true sound is heard as some sound or missed, and now and
 * then a sound is heard where there is none. The counts come from `hearing.json` (bench/hearing.ts), each tokenizer's own,
 * with the weights of the search that go with them.
 */
import * as v from 'valibot'
import { ConvergeError } from '../../errors'
import type { Sound } from './sounds'

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const shares = v.pipe(v.array(share), v.readonly())

const hearingSchema = v.object({
  /** (true sound, heard sound): share of each heard sound where the true one was heard at all. */
  heard: v.pipe(v.array(shares), v.readonly()),
  /** (true sound): share that was missed. */
  missed: shares,
  /** (heard sound): how often it is heard where there is none, for each true sound. */
  added: shares,
})

export type Hearing = v.InferOutput<typeof hearingSchema>

const filesSchema = v.object({ sounds: v.array(v.string()), whisper: hearingSchema, mel: hearingSchema })

export type Hearings = v.InferOutput<typeof filesSchema>

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
  /** What a said sound tells of each true one. */
  said(sound: Sound): SlotScores
}

/** @throws ConvergeError `model-damaged` or, where it was counted for other sounds, `model-incompatible` */
export function parseHearings(json: unknown, soundNames: readonly string[]): Hearings {
  const parsed = v.safeParse(filesSchema, json)
  if (!parsed.success) {
    const field = v.getDotPath(parsed.issues[0]) ?? '(top level)'
    throw new ConvergeError('model-damaged', `What listening mishears can’t be read: ${field}.`, { field })
  }
  const { output } = parsed
  const fits = ({ heard, missed, added }: Hearing) =>
    [heard, missed, added, ...heard].every(({ length }) => length === soundNames.length)
  if (output.sounds.join(',') !== soundNames.join(',') || !fits(output.whisper) || !fits(output.mel)) {
    throw new ConvergeError(
      'model-incompatible',
      'What listening mishears was counted for another set of phones.',
      {
        found: output.sounds.length,
        wanted: soundNames.length,
      },
    )
  }
  return output
}

/** `chance`: how much of the chance of a heard sound is divided out, 0 to 1. */
export function createChannel({ heard, missed, added }: Hearing, chance: number): Channel {
  const extra = added.reduce((sum, value) => sum + value, 0)
  const scores = added.map((addedShare, sound): SlotScores => {
    const hits = heard.reduce((sum, row, truth) => sum + row[sound] * (1 - missed[truth]), 0)
    const byChance =
      chance * Math.log(Math.max((hits / missed.length + addedShare) / (1 + extra), LEAST_SHARE))
    return {
      heard: Float32Array.from(heard, (row, truth) => Math.log(row[sound] * (1 - missed[truth])) - byChance),
      added: Math.log(addedShare) - byChance,
    }
  })
  return {
    missed: Float32Array.from(missed, (value) => Math.log(value)),
    said: (sound) => scores[sound],
  }
}

const LEAST_SHARE = 1e-6
