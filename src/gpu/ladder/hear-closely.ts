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
  const hearings = [first]
  for (const alteration of ALTERATIONS) {
    const { pace, shiftSeconds } = alteration
    const altered = { ...stretch, samples: alter(ladder, stretch.samples, alteration) }
    const found = yield* findReadings(
      ladder,
      await stretchToUnits(ladder, altered, tokenizer),
      await stretchToVoice(ladder, altered),
      tokenizer,
      EFFORT,
      (frames) => toSeconds((frames - shiftSeconds * frameRateHz) * pace),
    )
    hearings.push(found)
  }
  return likeliest(hearings)
}

/**
 * Where the model could not be asked how it would say one hearing's readings, that doesn't count for the others either: it is
 * a large negative number, so who has none would win.
 */
export function likeliest<Found extends Pick<FoundReadings, 'best'>>(hearings: readonly Found[]): Found {
  const [first] = hearings
  const read = hearings.filter(({ best }) => best.heard > -Infinity)
  const areAllAsked = read.every(({ best }) => best.spoken !== undefined)
  const score = ({ best }: Found) => best.heard + (areAllAsked ? (best.spoken ?? 0) : 0)
  return read.toSorted((a, b) => score(b) - score(a)).at(0) ?? first
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
