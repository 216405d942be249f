/**
 * Owns: hearing a stretch several times, each time begun at another moment or played at another pace, so that its units fall
 * otherwise; what is likeliest in the end, of sounds, words and how they would have been said, is what was heard. Frames of
 * a hearing become seconds of the recording here.
 */
import { resample } from '../../speech/4-wave/resample'
import type { TokenizerName } from '../networks'
import type { HeardNews, ToSeconds } from './heard'
import type { Ladder } from './load'
import { listenBySearch, type SearchedStretch } from './search'
import { stretchToUnits, stretchToVoice, type Stretch } from './tokenize'

interface Hearing {
  /** Above 1: played faster, and higher. */
  readonly pace: number
  /** Silence before it, less than a frame. */
  readonly shiftSeconds: number
}

const HEARINGS: readonly Hearing[] = [
  { pace: 1, shiftSeconds: 0 },
  { pace: 1, shiftSeconds: 0.008 },
  { pace: 1, shiftSeconds: 0.016 },
  { pace: 0.95, shiftSeconds: 0 },
  { pace: 1.05, shiftSeconds: 0 },
]
/** Histories of each. */
const BEAM = 3

/** Yields now and then, with nothing new, so that it can be stopped. @returns the likeliest hearing */
export async function* listenClosely(
  ladder: Ladder,
  stretch: Stretch,
  tokenizer: TokenizerName,
  toSeconds: ToSeconds,
): AsyncGenerator<HeardNews, SearchedStretch> {
  const { frameRateHz } = ladder.manifest
  let best: SearchedStretch | undefined
  for (const hearing of HEARINGS) {
    const again = { ...stretch, samples: alter(ladder, stretch.samples, hearing) }
    const units = await stretchToUnits(ladder, again, tokenizer)
    const voice = await stretchToVoice(ladder, again)
    const toItsSeconds = (frames: number) =>
      toSeconds((frames - hearing.shiftSeconds * frameRateHz) * hearing.pace)
    const searching = listenBySearch(ladder, units, voice, tokenizer, BEAM, toItsSeconds)
    let step = await searching.next()
    for (; !step.done; step = await searching.next()) yield { phones: [], frames: units.length }
    if (!best || step.value.score > best.score) best = step.value
  }
  return best ?? { phones: [], words: [], readings: [], score: -Infinity }
}

/** Whole frames again. */
function alter(
  { manifest: { sampleRateHz, samplesPerFrame } }: Ladder,
  samples: Float32Array,
  { pace, shiftSeconds }: Hearing,
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
