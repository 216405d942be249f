import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { codecMel } from './codec-mel'
import { reflect } from './frames'
import { whisperMel } from './whisper-mel'

describe('reflection', () => {
  it('mirrors without repeating the ends, over and over', () => {
    const seen = Array.from({ length: 11 }, (_, i) => reflect(i - 4, 3))
    expect(seen).toEqual([0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2])
    expect(reflect(-5, 1)).toBe(0)
  })
})

describe('mels at the edges', () => {
  it('refuse nothing at all', () => {
    for (const mel of [codecMel, whisperMel]) {
      expect(() => mel(new Float32Array(0))).toThrow(ConvergeError)
    }
  })

  it('give whole frames for any length, silence at the floor', () => {
    for (const length of [1, 299, 300, 480, 1000]) {
      const codec = codecMel(new Float32Array(length))
      expect(codec.frames).toBe(Math.floor(length / 300))
      expect(codec.bands.length).toBe(80 * codec.frames)
      expect(codec.bands.every((value) => value === Math.fround(Math.log(1e-3)))).toBe(true)
      const whisper = whisperMel(new Float32Array(length))
      expect(whisper.frames).toBe(Math.floor(length / 160))
      expect(whisper.bands.every((value) => value === -1.5)).toBe(true)
    }
  })

  it('put a tone into its band', () => {
    const tone = Float32Array.from(
      { length: 24_000 },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * 1000 * i) / 24_000),
    )
    const { bands, frames } = codecMel(tone)
    const column = Array.from({ length: 80 }, (_, band) => bands[band * frames + 40])
    // 1 kHz is 1000 mel of HTK's 3267 at 12 kHz: 24.8 of 81 steps, and band b peaks at step b + 1.
    expect(column.indexOf(Math.max(...column))).toBe(24)
  })
})
