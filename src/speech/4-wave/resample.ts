/**
 * Owns: changing the sample rate: a windowed sinc (Kaiser, beta 5, 10 zero crossings a side), delay compensated, with the
 * filter and output length of scipy.signal.resample_poly. Knows nothing of levels.
 * Measured on one server core, for a second of audio: 44.1 or 48 to 24 kHz 4 ms, 24 to 16 kHz 3 ms, 44,101 Hz 11 ms.
 */
import { ConvergeError } from '../errors'

const LOWEST_RATE_HZ = 4_000
const HIGHEST_RATE_HZ = 384_000

const ZERO_CROSSINGS = 10
const KAISER_BETA = 5
/** Reduced ratios up to this have an exact polyphase filter; others read a table with straight lines between (error 3e-8). */
const LARGEST_EXACT_RATIO = 2048
const TABLE_STEPS = 4096

/** One way from a rate to another: the rates' reduced ratio and the filter between them. */
interface Filter {
  readonly up: number
  readonly down: number
  /** Weight at the distance `n` / max(up, down) zero crossings, n in -10 max … 10 max. */
  readonly weightAt: (n: number) => number
}

/**
 * samples (N) at `fromHz` -> (ceil(N toHz / fromHz)) at `toHz`.
 * @throws ConvergeError `audio-unreadable` for a rate that is no whole number of hertz from 4,000 to 384,000
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array<ArrayBuffer> {
  const { up, down, weightAt } = createFilter(fromHz, toHz)
  if (fromHz === toHz) return Float32Array.from(samples)
  const resampled = new Float32Array(Math.ceil((samples.length * up) / down))
  const width = ZERO_CROSSINGS * Math.max(up, down)
  for (let i = 0; i < resampled.length; i++) {
    // In units of 1 / (up fromHz): output i stands at i down, input k at k up.
    const centre = i * down
    const first = Math.max(0, Math.ceil((centre - width) / up))
    const last = Math.min(samples.length - 1, Math.floor((centre + width) / up))
    let sum = 0
    for (let k = first; k <= last; k++) sum += samples[k] * weightAt(centre - k * up)
    resampled[i] = sum
  }
  return resampled
}

function createFilter(fromHz: number, toHz: number): Filter {
  for (const rate of [fromHz, toHz]) {
    if (Number.isInteger(rate) && rate >= LOWEST_RATE_HZ && rate <= HIGHEST_RATE_HZ) continue
    throw new ConvergeError(
      'audio-unreadable',
      `The sample rate must be a whole number from ${LOWEST_RATE_HZ} to ${HIGHEST_RATE_HZ} Hz; found ${rate}.`,
      { found: String(rate), lowest: LOWEST_RATE_HZ, highest: HIGHEST_RATE_HZ },
    )
  }
  const divisor = greatestCommonDivisor(fromHz, toHz)
  const up = toHz / divisor
  const down = fromHz / divisor
  const most = Math.max(up, down)
  const isExact = most <= LARGEST_EXACT_RATIO
  const steps = isExact ? most : TABLE_STEPS
  const table = windowedSinc(steps, up / most)
  const middle = ZERO_CROSSINGS * steps
  const scale = steps / most
  return {
    up,
    down,
    weightAt: isExact
      ? (n) => table[middle + n]
      : (n) => {
          const at = middle + n * scale
          const left = Math.min(Math.floor(at), table.length - 2)
          return table[left] + (at - left) * (table[left + 1] - table[left])
        },
  }
}

/** 20 `steps` + 1 weights whose mean gain at 0 Hz is one: firwin's scaling, times `gain` = up / max(up, down). */
function windowedSinc(steps: number, gain: number): Float64Array {
  const middle = ZERO_CROSSINGS * steps
  const weights = Float64Array.from({ length: 2 * middle + 1 }, (_, i) => {
    const crossings = (i - middle) / steps
    const edge = (i - middle) / middle
    const sinc = i === middle ? 1 : Math.sin(Math.PI * crossings) / (Math.PI * crossings)
    return sinc * besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge))
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (weight * gain * steps) / sum)
}

/** The modified Bessel function of order zero, by its power series; exact to a few last bits for x up to 10. */
function besselI0(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / 2 / k) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
