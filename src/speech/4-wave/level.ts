/**
 * Owns: what a microphone's level says while it is recorded: how loud it is now, whether it is cut off at full scale, whether
 * nothing comes in at all. State goes in and comes out. Knows no device.
 */
export type LevelWarning = 'clipping' | 'silent'

export interface LevelState {
  /** Loudest sample of the last moment, 0 … 1. */
  readonly level: number
  readonly warning: LevelWarning | undefined
  /** Seconds since something came in. */
  readonly quietSeconds: number
  /** Seconds for which the last clipping is still told. */
  readonly clippedSeconds: number
}

export const LEVEL_START: LevelState = { level: 0, warning: undefined, quietSeconds: 0, clippedSeconds: 0 }

const DECAY = 0.8
/** -54 dBFS: a microphone that is on hears more than this of any room. */
const QUIET = 0.002
const QUIET_SECONDS = 3
/** Where a converter stands at its end. */
const FULL = 0.999
const CLIPPED_SAMPLES = 3
const CLIPPED_SECONDS = 2

export function watchLevel(state: LevelState, block: Float32Array, sampleRateHz: number): LevelState {
  const seconds = block.length / sampleRateHz
  let peak = 0
  let full = 0
  for (const sample of block) {
    const size = Math.abs(sample)
    if (size > peak) peak = size
    if (size >= FULL) full += 1
  }
  const quietSeconds = peak < QUIET ? state.quietSeconds + seconds : 0
  const clippedSeconds =
    full >= CLIPPED_SAMPLES ? CLIPPED_SECONDS : Math.max(0, state.clippedSeconds - seconds)
  const silent = quietSeconds >= QUIET_SECONDS ? 'silent' : undefined
  return {
    level: Math.min(1, Math.max(peak, state.level * DECAY)),
    warning: clippedSeconds > 0 ? 'clipping' : silent,
    quietSeconds,
    clippedSeconds,
  }
}
