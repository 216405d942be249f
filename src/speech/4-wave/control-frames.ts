/**
 * Owns: rows of the decoder's output (frames, controlsPerFrame) made longer or shorter in time. Knows no column's meaning.
 */

/** Frames `first` … `end` - 1 as `frames` frames: each read in a straight line between the two nearest centres. */
export function resampleFrames(
  controls: Float32Array,
  controlsPerFrame: number,
  [first, end]: readonly [first: number, end: number],
  frames: number,
): Float32Array {
  const out = new Float32Array(frames * controlsPerFrame)
  for (let frame = 0; frame < frames; frame++) {
    const place = first + ((frame + 0.5) * (end - first)) / frames - 0.5
    const inside = Math.min(end - 1, Math.max(first, place))
    const below = Math.floor(inside)
    const above = Math.min(end - 1, below + 1)
    const weight = inside - below
    for (let i = 0; i < controlsPerFrame; i++) {
      const left = controls[below * controlsPerFrame + i]
      const right = controls[above * controlsPerFrame + i]
      out[frame * controlsPerFrame + i] = left + (right - left) * weight
    }
  }
  return out
}
