/**
 * Owns: how a long recording is taken in parts that fit in memory once prepared: cut at a quiet moment, on whole tenths of
 * a second, so that every part begins on a frame whatever the rate. Nothing is left out.
 */
import { quietestPlace } from './quietest'

export interface RecordingWindow {
  /** Samples, half-open. */
  readonly start: number
  readonly end: number
}

/** Up to here a recording is prepared whole, its loudness measured over all of it. */
const WHOLE_SECONDS = 10 * 60
const LONGEST_SECONDS = 120
/** A cut is looked for in the last part of a window. */
const SEARCH_SECONDS = 30
const STEPS_PER_SECOND = 10
/** Quiet is judged over this many steps. */
const PAUSE_STEPS = 3

export function* recordingToWindows(samples: Float32Array, sampleRateHz: number): Generator<RecordingWindow> {
  let start = 0
  if (samples.length > WHOLE_SECONDS * sampleRateHz) {
    while (samples.length - start > LONGEST_SECONDS * sampleRateHz) {
      const end = quietestCut(samples, sampleRateHz, start)
      yield { start, end }
      start = end
    }
  }
  yield { start, end: samples.length }
}

function quietestCut(samples: Float32Array, sampleRateHz: number, start: number): number {
  const toSample = (step: number) => Math.round((step / STEPS_PER_SECOND) * sampleRateHz)
  const last = Math.floor((start / sampleRateHz + LONGEST_SECONDS) * STEPS_PER_SECOND)
  const first = last - SEARCH_SECONDS * STEPS_PER_SECOND
  const energies = Array.from({ length: last - first }, (_, i) => {
    let energy = 0
    for (let at = toSample(first + i); at < toSample(first + i + 1); at++) energy += samples[at] ** 2
    return energy
  })
  return toSample(first + quietestPlace(energies, PAUSE_STEPS))
}
