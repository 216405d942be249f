/**
 * Owns: where a long recording is cut before it is heard: at the quietest moment in reach, on a frame's edge. Nothing is
 * left out: the stretches follow one another without a gap.
 */
import { quietestPlace } from './quietest'

export interface StretchRange {
  /** Samples, half-open, multiples of a frame. */
  readonly start: number
  readonly end: number
}

/** Up to here a recording is heard whole; the language model has seen utterances of about this length. */
const WHOLE_SECONDS = 15
const SHORTEST_SECONDS = 5
const LONGEST_SECONDS = 12
/** Quiet is judged over this many frames: 0.25 s, longer than the closure of a stop. */
const PAUSE_FRAMES = 10

export function splitAtPauses(
  samples: Float32Array,
  sampleRateHz: number,
  samplesPerFrame: number,
): StretchRange[] {
  const frames = samples.length / samplesPerFrame
  const framesIn = (seconds: number) => Math.round((seconds * sampleRateHz) / samplesPerFrame)
  const ranges: StretchRange[] = []
  let start = 0
  if (frames > framesIn(WHOLE_SECONDS)) {
    const energies = frameEnergies(samples, samplesPerFrame)
    while (frames - start > framesIn(LONGEST_SECONDS)) {
      const first = start + framesIn(SHORTEST_SECONDS)
      const inReach = energies.subarray(first, start + framesIn(LONGEST_SECONDS))
      const cut = first + quietestPlace(inReach, PAUSE_FRAMES)
      ranges.push({ start: start * samplesPerFrame, end: cut * samplesPerFrame })
      start = cut
    }
  }
  ranges.push({ start: start * samplesPerFrame, end: samples.length })
  return ranges
}

function frameEnergies(samples: Float32Array, samplesPerFrame: number): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / samplesPerFrame) }, (_, frame) => {
    let energy = 0
    for (let i = frame * samplesPerFrame; i < (frame + 1) * samplesPerFrame; i++) energy += samples[i] ** 2
    return energy
  })
}
