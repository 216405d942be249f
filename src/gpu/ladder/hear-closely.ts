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
import { findReadings, type FoundReadings } from './search'
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
/** Histories of each hearing. */
const BEAM = 3

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
  let best = yield* findReadings(ladder, units, voice, tokenizer, BEAM, toSeconds)
  for (const alteration of ALTERATIONS) {
    const { pace, shiftSeconds } = alteration
    const altered = { ...stretch, samples: alter(ladder, stretch.samples, alteration) }
    const found = yield* findReadings(
      ladder,
      await stretchToUnits(ladder, altered, tokenizer),
      await stretchToVoice(ladder, altered),
      tokenizer,
      BEAM,
      (frames) => toSeconds((frames - shiftSeconds * frameRateHz) * pace),
    )
    if (found.score > best.score) best = found
  }
  return best
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
