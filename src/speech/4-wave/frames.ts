/**
 * Owns: how a signal is cut into windowed frames for an analysis: the periodic Hann window and reflection at the ends.
 */
import { ConvergeError } from '../errors'
import { createRealFft } from './fft'

/** Periodic Hann window (torch.hann_window), in float32 as the models saw it. */
export function hannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) =>
    Math.fround(0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)),
  )
}

/** Index into a signal of `length` that is mirrored at both ends without repeating the end samples, over and over. */
export function reflect(index: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const inside = ((index % period) + period) % period
  return inside < length ? inside : period - inside
}

/**
 * Hands `use` the power spectrum (bins) of each frame: frame t covers samples hop t - pad … hop t - pad + fftSize, mirrored
 * at the ends. The spectrum's memory is used again.
 * @throws ConvergeError `audio-empty`
 */
export function eachPowerSpectrum(
  samples: Float32Array,
  shape: { readonly fftSize: number; readonly hop: number; readonly pad: number; readonly frames: number },
  use: (power: Float64Array, frame: number) => void,
): void {
  if (samples.length === 0) throw new ConvergeError('audio-empty', 'The recording has no samples.', {})
  const fft = createRealFft(shape.fftSize)
  const window = hannWindow(shape.fftSize)
  const windowed = new Float64Array(shape.fftSize)
  const spectrum = new Float64Array(2 * fft.bins)
  const power = new Float64Array(fft.bins)
  for (let frame = 0; frame < shape.frames; frame++) {
    const first = frame * shape.hop - shape.pad
    const isInside = first >= 0 && first + shape.fftSize <= samples.length
    for (let i = 0; i < shape.fftSize; i++) {
      const at = isInside ? first + i : reflect(first + i, samples.length)
      windowed[i] = samples[at] * window[i]
    }
    fft.forward(windowed, spectrum)
    for (let k = 0; k < fft.bins; k++) power[k] = spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2
    use(power, frame)
  }
}
