/**
 * Owns: the voiced source: a band-limited pulse train (all harmonics below half the rate, in closed form) at a pitch that
 * moves in straight lines between frames. The phase is carried in float64; f0 is rounded to float32 as the trained codec
 * does, because a rounding that differs would drift at high harmonics. Knows no filters.
 */

const LOWEST_HZ = 50
const HIGHEST_HZ = 800
/** Below this the closed form is 0 / 0 and its limit is used. */
const TINY = 1e-4

export interface PitchFrame {
  readonly f0Hz: number
  readonly isVoiced: boolean
}

/**
 * Writes the pulses of samples `first` … `end - 1` into `out` from `at` on. Between two frame centres (hop * frame + hop / 2)
 * pitch and voicing are interpolated, beyond the outer centres they stand still.
 * @param frameAt the frame of that number, the outermost one beyond the ends
 * @param phase in periods, before sample `first`; returns the phase after the last sample
 */
export function addPulses(
  out: Float64Array,
  at: number,
  range: { readonly first: number; readonly end: number },
  shape: { readonly hop: number; readonly sampleRateHz: number },
  frameAt: (frame: number) => PitchFrame,
  phase: number,
): number {
  const { hop, sampleRateHz } = shape
  let frame = Math.floor((range.first + 0.5) / hop - 0.5)
  let left = frameAt(frame)
  let right = frameAt(frame + 1)
  for (let sample = range.first; sample < range.end; sample++) {
    const place = (sample + 0.5) / hop - 0.5
    if (place >= frame + 1) {
      frame++
      left = right
      right = frameAt(frame + 1)
    }
    const weight = place - frame
    const f0Hz = Math.fround(clampHz(left.f0Hz) * (1 - weight) + clampHz(right.f0Hz) * weight)
    const voicing = (left.isVoiced ? 1 - weight : 0) + (right.isVoiced ? weight : 0)
    phase += f0Hz / sampleRateHz
    phase -= Math.floor(phase)
    if (voicing > 0) out[at + sample - range.first] = pulse(phase, f0Hz, sampleRateHz) * voicing
  }
  return phase
}

/** The sum of cosines 1 … k of the fundamental, times 2, scaled to unit power. */
function pulse(phase: number, f0Hz: number, sampleRateHz: number): number {
  const angle = 2 * Math.PI * phase
  const harmonics = Math.floor(Math.fround(sampleRateHz / 2 / f0Hz))
  const denominator = Math.sin(angle / 2)
  const sum =
    Math.abs(denominator) < TINY ? 2 * harmonics : Math.sin((harmonics + 0.5) * angle) / denominator - 1
  return sum / Math.sqrt(2 * harmonics)
}

/** What the vocoder makes of a pitch that is asked of it. */
export function clampHz(f0Hz: number): number {
  return Math.min(HIGHEST_HZ, Math.max(LOWEST_HZ, f0Hz))
}
