/**
 * Owns: a plain look at a waveform: level and pitch every 10 ms. For tests that ask whether samples are speech. The
 * pitch is the best lag of the normalised cross-correlation (Talkin's RAPT, 1995, without its tracking): good to a few per
 * cent on clean speech, not a pitch tracker for research.
 */

export interface Voicing {
  readonly hopSeconds: number
  /** Mean square of each hop in dB below full scale; -Infinity for digital silence. */
  readonly levelsDb: Float32Array
  /** 0 where there is no voice. */
  readonly f0Hz: Float32Array
  /** Voiced frames among those within 40 dB of the loudest; 0 for silence. */
  readonly voicedFraction: number
}

const LOWEST_F0_HZ = 60
const HIGHEST_F0_HZ = 400

const HOPS_PER_SECOND = 100
const WINDOW_SECONDS = 0.02
const AUDIBLE_DB = 40
/** A lag's correlation that counts as voice. */
const VOICED = 0.6
/** The shortest lag that comes this near the best is taken, so that a period isn't counted twice. */
const NEAR_BEST = 0.9

/** samples (N) -> N / hop rounded down values of each kind. */
export function samplesToVoicing(samples: Float32Array, sampleRateHz: number): Voicing {
  const hop = Math.round(sampleRateHz / HOPS_PER_SECOND)
  const frames = Math.floor(samples.length / hop)
  const levelsDb = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    levelsDb[frame] = 10 * Math.log10(energy(samples, frame * hop, hop) / hop)
  }
  const loudestDb = levelsDb.reduce((most, level) => Math.max(most, level), -Infinity)
  const isAudible = (level: number): boolean => level > loudestDb - AUDIBLE_DB
  const f0Hz = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    if (isAudible(levelsDb[frame])) f0Hz[frame] = pitchAt(samples, sampleRateHz, (frame + 0.5) * hop)
  }
  const audible = levelsDb.filter(isAudible).length
  const voiced = f0Hz.filter((hz) => hz > 0).length
  return {
    hopSeconds: hop / sampleRateHz,
    levelsDb,
    f0Hz,
    voicedFraction: audible === 0 ? 0 : voiced / audible,
  }
}

/** 0 where no lag correlates, or where the recording's end is too near. */
function pitchAt(samples: Float32Array, sampleRateHz: number, centre: number): number {
  const window = Math.round(WINDOW_SECONDS * sampleRateHz)
  const shortest = Math.floor(sampleRateHz / HIGHEST_F0_HZ)
  const longest = Math.ceil(sampleRateHz / LOWEST_F0_HZ)
  const first = Math.round(centre - (window + longest) / 2)
  if (first < 0 || first + window + longest + 1 > samples.length) return 0
  const own = energy(samples, first, window)
  let shifted = energy(samples, first + shortest - 1, window)
  const correlations = new Float64Array(longest - shortest + 3)
  for (let i = 0; i < correlations.length; i++) {
    const lag = shortest - 1 + i
    let sum = 0
    for (let n = first; n < first + window; n++) sum += samples[n] * samples[n + lag]
    correlations[i] = sum / Math.sqrt(own * shifted + 1e-12)
    shifted += samples[first + lag + window] ** 2 - samples[first + lag] ** 2
  }
  const best = correlations.reduce((most, value) => Math.max(most, value), 0)
  if (best < VOICED) return 0
  for (let i = 1; i < correlations.length - 1; i++) {
    const [before, here, after] = [correlations[i - 1], correlations[i], correlations[i + 1]]
    if (here < NEAR_BEST * best || here < before || here < after) continue
    // The top of the parabola through three lags.
    const bend = before - 2 * here + after
    const shift = bend === 0 ? 0 : (before - after) / (2 * bend)
    return sampleRateHz / (shortest - 1 + i + shift)
  }
  return 0
}

function energy(samples: Float32Array, first: number, count: number): number {
  let sum = 0
  for (let n = first; n < first + count; n++) sum += samples[n] ** 2
  return sum
}
