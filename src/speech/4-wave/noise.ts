/**
 * Owns: the vocoder's chance: white Gaussian noise and its start phase, addressed by (seed, stream, sample), so that a
 * stream of any chunking hears the same noise. Box and Muller (1958) over Philox; unit variance.
 */
import { DOMAIN, philox4x32, seedToKey, uniformOpen } from '../3-units/philox'

/** Samples `firstSample` … `firstSample + count - 1` of a noise that is a function of the absolute sample index. */
export type NoiseAt = (firstSample: number, count: number) => Float32Array

/**
 * Four samples a block: word pairs (0, 1) and (2, 3) give r cos and r sin each.
 * @param stream u32; one for each take, so that takes of one seed have noise of their own
 * @throws ConvergeError `option-invalid` for a seed that is no safe integer
 */
export function createNoise(seed: number, stream: number): NoiseAt {
  const [k0, k1] = seedToKey(seed)
  const words = new Uint32Array(4)
  return (firstSample, count) => {
    const out = new Float32Array(count)
    const end = firstSample + count
    for (let sample = firstSample - (firstSample % 4); sample < end; sample += 4) {
      const block = sample / 4
      philox4x32(words, block >>> 0, Math.floor(block / 0x100000000), stream, DOMAIN.noise, k0, k1)
      for (let pair = 0; pair < 4; pair += 2) {
        const radius = Math.sqrt(-2 * Math.log(uniformOpen(words[pair])))
        const angle = 2 * Math.PI * uniformOpen(words[pair + 1])
        const at = sample + pair - firstSample
        if (at >= 0 && at < count) out[at] = radius * Math.cos(angle)
        if (at + 1 >= 0 && at + 1 < count) out[at + 1] = radius * Math.sin(angle)
      }
    }
    return out
  }
}

/** Where the vocoder's first pulse stands in its period, 0 … 1. */
export function startPhase(seed: number, stream: number): number {
  const [k0, k1] = seedToKey(seed)
  return uniformOpen(philox4x32(new Uint32Array(4), 0, 0, stream, DOMAIN.phase, k0, k1)[0])
}
