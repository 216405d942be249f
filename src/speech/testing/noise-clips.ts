/**
 * Owns: fifty clips in which nobody speaks, for tests: silence, hum, white and pink noise, music-like tones. Made from
 * seeds, 24 kHz, one to two seconds each.
 */
import { seededRandom } from './random'

export interface NoiseClip {
  readonly name: string
  readonly samples: Float32Array<ArrayBuffer>
}

export const NOISE_CLIP_RATE_HZ = 24_000

type Maker = (random: () => number, length: number) => Float32Array<ArrayBuffer>

const fill = (length: number, at: (i: number) => number) => Float32Array.from({ length }, (_, i) => at(i))
const phase = (i: number, hz: number) => (2 * Math.PI * hz * i) / NOISE_CLIP_RATE_HZ

const silence: Maker = (random, length) => {
  const steps = Math.floor(random() * 4)
  return fill(length, () => (Math.round((random() - 0.5) * steps) * 1) / 32_768)
}

const hum: Maker = (random, length) => {
  const hz = random() < 0.5 ? 50 : 60
  const level = 0.02 + 0.3 * random()
  const partials = Array.from({ length: 8 }, (_, k) => random() / (k + 1))
  return fill(
    length,
    (i) => level * partials.reduce((sum, weight, k) => sum + weight * Math.sin(phase(i, hz * (k + 1))), 0),
  )
}

const white: Maker = (random, length) => {
  const level = 0.01 + 0.4 * random()
  return fill(length, () => level * (2 * random() - 1))
}

/** Voss's sum of noises that are renewed half as often each. */
const pink: Maker = (random, length) => {
  const level = 0.02 + 0.3 * random()
  const rows = Array.from({ length: 12 }, () => 2 * random() - 1)
  return fill(length, (i) => {
    for (let k = 0; k < rows.length; k++) if (i % 2 ** k === 0) rows[k] = 2 * random() - 1
    return (level * rows.reduce((sum, value) => sum + value, 0)) / 4
  })
}

/** Notes of a scale, each struck and fading, with a few partials; sometimes two at once. */
const music: Maker = (random, length) => {
  const samples = new Float32Array(length)
  const noteSamples = Math.floor((0.15 + 0.35 * random()) * NOISE_CLIP_RATE_HZ)
  const voices = 1 + Math.floor(random() * 3)
  const decay = 1 + 6 * random()
  for (let voice = 0; voice < voices; voice++) {
    for (let start = 0; start < length; start += noteSamples) {
      const hz = 220 * 2 ** (Math.floor(random() * 24) / 12)
      for (let i = start; i < Math.min(length, start + noteSamples); i++) {
        const t = (i - start) / NOISE_CLIP_RATE_HZ
        const envelope = Math.min(1, t / 0.01) * Math.exp(-decay * t)
        for (let k = 1; k <= 4; k++) samples[i] += (0.1 * envelope * Math.sin(phase(i - start, hz * k))) / k
      }
    }
  }
  return samples
}

const KINDS: readonly (readonly [name: string, make: Maker, count: number])[] = [
  ['silence', silence, 5],
  ['hum', hum, 10],
  ['white noise', white, 10],
  ['pink noise', pink, 10],
  ['music', music, 15],
]

export function makeNoiseClips(firstSeed = 1): NoiseClip[] {
  return KINDS.flatMap(([name, make, count]) =>
    Array.from({ length: count }, (_, i) => {
      const random = seededRandom(firstSeed * 1000 + i)
      const length = Math.floor((1 + random()) * NOISE_CLIP_RATE_HZ)
      return { name: `${name} ${i + 1}`, samples: make(random, length) }
    }),
  )
}
