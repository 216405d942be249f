/**
 * Owns: hearing a stretch several times, each time begun at another moment or played at another pace, so that its units fall
 * otherwise; what is likeliest in the end, of sounds, words and how they would have been said, is what was heard. Frames of
 * a hearing become seconds of the recording here.
 */
import { resample } from '../../speech/4-wave/resample'
import type { Unit } from '../../speech/3-units/vocabulary'
import type { TokenizerName } from '../networks'
import type { HeardNews, ToSeconds } from './heard'
import type { Ladder } from './load'
import { findReadings, type FoundReadings, type SearchEffort } from './search'
import { stretchToUnits, stretchToVoice, type Stretch } from './tokenize'

interface Alteration {
  /** Above 1: played faster, and higher. */
  readonly pace: number
  /** Silence before it, less than a frame. */
  readonly shiftSeconds: number
}

/** Of the hearings after the first, which is of the stretch as it is. */
const ALTERATIONS: readonly Alteration[] = [
  { pace: 1, shiftSeconds: 0.008 },
  { pace: 1, shiftSeconds: 0.016 },
  { pace: 0.95, shiftSeconds: 0 },
  { pace: 1.05, shiftSeconds: 0 },
]
/** Of each hearing. */
const EFFORT: SearchEffort = { beam: 3, asksLone: true }

interface Hearing {
  readonly found: FoundReadings
  readonly frames: number
}

/** Yields what each hearing's histories agree on. @param units of the stretch as it is @returns the likeliest hearing */
export async function* listenClosely(
  ladder: Ladder,
  stretch: Stretch,
  units: readonly Unit[],
  tokenizer: TokenizerName,
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, FoundReadings> {
  const { frameRateHz } = ladder.manifest
  const voice = await stretchToVoice(ladder, stretch)
  const first = yield* findReadings(ladder, units, voice, tokenizer, EFFORT, toSeconds)
  const hearings: Hearing[] = [{ found: first, frames: units.length }]
  for (const alteration of ALTERATIONS) {
    const { pace, shiftSeconds } = alteration
    const altered = { ...stretch, samples: alter(ladder, stretch.samples, alteration) }
    const heard = await stretchToUnits(ladder, altered, tokenizer)
    const found = yield* findReadings(
      ladder,
      heard,
      await stretchToVoice(ladder, altered),
      tokenizer,
      EFFORT,
      (frames) => toSeconds((frames - shiftSeconds * frameRateHz) * pace),
    )
    hearings.push({ found, frames: heard.length })
  }
  return likeliest(hearings)
}

/**
 * How a reading would have been said is a sum over units, of which a slower hearing has more: each counts as if it had as many
 * as the first. Where the model could not be asked about one hearing's readings, that of the others doesn't count either.
 */
export function likeliest<H extends { readonly found: Pick<FoundReadings, 'best'>; readonly frames: number }>(
  hearings: readonly H[],
): H['found'] {
  const [{ frames: firstFrames, found: first }] = hearings
  const read = hearings.filter(({ found }) => found.best.heard > -Infinity)
  const areAllAsked = read.every(({ found }) => found.best.spoken !== undefined)
  const score = ({ found: { best }, frames }: H) =>
    best.heard + (areAllAsked ? ((best.spoken ?? 0) * firstFrames) / frames : 0)
  return read.toSorted((a, b) => score(b) - score(a)).at(0)?.found ?? first
}

/** Whole frames again. */
function alter(
  { manifest: { sampleRateHz, samplesPerFrame } }: Ladder,
  samples: Float32Array,
  { pace, shiftSeconds }: Alteration,
): Float32Array {
  if (pace !== 1) {
    const paced = resample(samples, Math.round(sampleRateHz * pace), sampleRateHz)
    return paced.subarray(0, paced.length - (paced.length % samplesPerFrame))
  }
  const shift = Math.round(shiftSeconds * sampleRateHz)
  const shifted = new Float32Array(samples.length)
  // What falls off at the end is less than a frame of the margin.
  shifted.set(samples.subarray(0, samples.length - shift), shift)
  return shifted
}
