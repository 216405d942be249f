/** The gate: it finds what is said between pauses, ignores steady noise, and gives the same whatever the chunks. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GATE_START, gateChunk, type UtteranceRange } from './gate'

const RATE_HZ = 8000
/** What the gate judges at once: 20 ms. */
const BLOCK_SAMPLES = 160

/** Bursts of a sound that swells and fades like syllables, over a floor of noise. */
function sound(seconds: number, spoken: readonly (readonly [from: number, to: number])[], floor: number) {
  let state = 7
  const noise = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5
  return Float32Array.from({ length: seconds * RATE_HZ }, (_, i) => {
    const t = i / RATE_HZ
    const isSpoken = spoken.some(([from, to]) => t >= from && t < to)
    const syllable = 0.2 * (0.05 + Math.sin(2 * Math.PI * 2 * t) ** 2)
    return floor * noise() + (isSpoken ? syllable * Math.sin(2 * Math.PI * 180 * t) : 0)
  })
}

function findAll(samples: Float32Array, chunkSizes: readonly number[] = [samples.length]): UtteranceRange[] {
  let state = GATE_START
  const found: UtteranceRange[] = []
  for (let at = 0, k = 0; at < samples.length; k++) {
    const end = Math.min(samples.length, at + chunkSizes[k % chunkSizes.length])
    const step = gateChunk(state, samples.subarray(at, end), RATE_HZ, end === samples.length)
    found.push(...step.closed)
    state = step.state
    at = end
  }
  return found
}

const SPOKEN = [
  [1, 2.5],
  [4, 5],
  [7, 8.2],
] as const

test('three utterances, each with its margins', () => {
  const found = findAll(sound(10, SPOKEN, 0.002))
  expect(found).toHaveLength(3)
  found.forEach(({ start, end }, i) => {
    expect(Math.abs(start - (SPOKEN[i][0] - 0.3) * RATE_HZ)).toBeLessThanOrEqual(BLOCK_SAMPLES)
    expect(Math.abs(end - (SPOKEN[i][1] + 0.3) * RATE_HZ)).toBeLessThanOrEqual(BLOCK_SAMPLES)
  })
})

test('samples that are no numbers count for nothing', () => {
  const samples = sound(10, SPOKEN, 0.002)
  const whole = findAll(samples)
  for (const [i, damage] of [NaN, Infinity, -Infinity].entries()) samples[4000 * (i + 1)] = damage
  samples.fill(NaN, 6 * RATE_HZ, 6 * RATE_HZ + BLOCK_SAMPLES)
  expect(findAll(samples)).toEqual(whole)
})

test('silence and steady noise open nothing for long', () => {
  expect(findAll(new Float32Array(5 * RATE_HZ))).toEqual([])
  expect(findAll(sound(20, [], 0.002))).toEqual([])
  const loud = findAll(sound(20, [], 0.3))
  expect(loud.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThan(5 * RATE_HZ)
})

test('nobody speaks for longer than a stretch: a long speech is cut between two syllables, without a gap', () => {
  const found = findAll(sound(40, [[1.1, 39]], 0.002))
  expect(found.length).toBeGreaterThan(2)
  const lengths = found.map(({ start, end }) => (end - start) / RATE_HZ)
  const gaps = found.slice(1).map(({ start }, i) => (start - found[i].end) / RATE_HZ)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(14.4)
  expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThan(11)
  expect(new Set(gaps)).toEqual(new Set([0]))
  for (const { end } of found.slice(0, -1)) {
    const syllables = (end / RATE_HZ) * 4
    // Half a block of the gate, and half of what it judges quiet over.
    expect(Math.abs(syllables - Math.round(syllables)) / 4).toBeLessThan(0.04)
  }
})

test('what is open at the end is closed', () => {
  const found = findAll(sound(3, [[1, 3]], 0.002))
  expect(found).toHaveLength(1)
  expect(found[0].end).toBe(3 * RATE_HZ)
})

test('the chunks make no difference', () => {
  const samples = sound(10, SPOKEN, 0.01)
  const whole = findAll(samples)
  const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(sizes, (chunks) => {
      expect(findAll(samples, chunks)).toEqual(whole)
    }),
    { numRuns: 15 },
  )
})
