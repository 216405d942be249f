/**
 * Owns: voices between voices. A voice is a vector (voiceDim) of unit RMS, as the voice encoder gives it: a direction.
 */
import { ConvergeError } from '../errors'

export interface VoicePart {
  readonly vector: ArrayLike<number>
  /** Not negative; weights count against each other, so they need not sum to 1. */
  readonly weight: number
}

/**
 * The weighted mean, scaled to unit RMS.
 * @throws ConvergeError `option-invalid` without any weight, for vectors of different lengths, or where voices cancel out
 */
export function mixVoices(parts: readonly VoicePart[]): Float32Array<ArrayBuffer> {
  const dim = parts[0]?.vector.length ?? 0
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const isRight =
    dim > 0 &&
    parts.every(({ vector, weight }) => vector.length === dim && weight >= 0) &&
    total > 0 &&
    Number.isFinite(total)
  if (!isRight) {
    throw new ConvergeError(
      'option-invalid',
      'A mixed voice needs voices with weights, at least one above 0.',
      {
        voices: parts.length,
      },
    )
  }
  const mean = new Float64Array(dim)
  for (const { vector, weight } of parts) {
    for (let i = 0; i < dim; i++) mean[i] += (weight / total) * vector[i]
  }
  const level = rms(mean)
  if (!(level > SILENT_LEVEL)) {
    throw new ConvergeError('option-invalid', 'These voices cancel each other out. Change their weights.', {
      level,
    })
  }
  return Float32Array.from(mean, (value) => value / level)
}

/** Below this a direction is a matter of rounding. */
const SILENT_LEVEL = 1e-3

function rms(vector: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < vector.length; i++) sum += vector[i] ** 2
  return Math.sqrt(sum / vector.length)
}
