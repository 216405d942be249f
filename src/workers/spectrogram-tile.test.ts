import { expect, test } from 'vitest'
import { channelsToMono, createTileMaker, samplesToPeakLevels } from './spectrogram-tile'

const RATE_HZ = 24_000
const sine = (hz: number, seconds: number) =>
  Float32Array.from({ length: RATE_HZ * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / RATE_HZ))

test('channels are averaged; what is no number is silence', () => {
  const mono = channelsToMono([Float32Array.of(1, NaN, 0.5), Float32Array.of(0, 1, Infinity)])
  expect([...mono]).toEqual([0.5, 0, 0])
  expect(channelsToMono([])).toHaveLength(0)
})

test('peaks hold the highest and the lowest, at every sharpness', () => {
  const samples = sine(100, 3)
  samples[12_345] = 3
  const levels = samplesToPeakLevels(samples, RATE_HZ)
  expect(levels.length).toBeGreaterThan(1)
  for (const { peaks } of levels) {
    expect(Math.max(...peaks)).toBe(1)
    expect(Math.min(...peaks)).toBeCloseTo(-0.5, 2)
  }
  expect(levels[0].pairsPerSecond).toBeGreaterThan(levels[1].pairsPerSecond)
})

test.each([300, 1000, 4000])('a tone of %i Hz lights its own row', (hz) => {
  const rows = 128
  const tile = { startSeconds: 0.2, secondsPerColumn: 0.01, columns: 4, rows }
  const pixels = createTileMaker(sine(hz, 1), RATE_HZ).draw(tile)
  const greens = Array.from({ length: rows }, (_, row) => pixels[(row * tile.columns + 1) * 4 + 1])
  const mel = (f: number) => 2595 * Math.log10(1 + f / 700)
  const expected = rows * (1 - mel(hz) / mel(12_000))
  expect(Math.abs(greens.indexOf(Math.max(...greens)) - expected)).toBeLessThan(4)
})

test('silence and what is beyond the sound are dark and opaque', () => {
  const maker = createTileMaker(new Float32Array(2400), RATE_HZ)
  const pixels = maker.draw({ startSeconds: 5, secondsPerColumn: 0.01, columns: 2, rows: 2 })
  expect(Array.from(pixels.slice(0, 4))).toEqual([71, 1, 85, 255])
})
