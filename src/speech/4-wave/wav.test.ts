import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConvergeError } from '../errors'
import { decodeWav, encodeWav } from './wav'

const RATE_HZ = 24_000
const samplesArbitrary = fc
  .array(fc.float({ min: -1, max: Math.fround(0.9999), noNaN: true }), { maxLength: 200 })
  .map((values) => Float32Array.from(values))

interface Described {
  readonly tag: number
  readonly channels?: number
  readonly bits: number
  readonly blockBytes?: number
  readonly extension?: readonly number[]
}

const word = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256)
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const scaled = (values: number[]): number[] => values.map((value) => value * 32_768)
const chunk = (id: string, body: readonly number[], size = body.length): number[] => [
  ...ascii(id),
  ...word(size, 4),
  ...body,
  ...(body.length % 2 === 1 ? [0] : []),
]
const format = ({ tag, channels = 1, bits, blockBytes, extension = [] }: Described): number[] => {
  const block = blockBytes ?? channels * Math.ceil(bits / 8)
  const head = [...word(tag, 2), ...word(channels, 2), ...word(RATE_HZ, 4), ...word(RATE_HZ * block, 4)]
  return chunk('fmt ', [...head, ...word(block, 2), ...word(bits, 2), ...extension])
}
const riff = (...chunks: number[][]): Uint8Array => {
  const body = ascii('WAVE').concat(...chunks)
  return Uint8Array.from(chunk('RIFF', body))
}
const first = (bytes: Uint8Array): number[] => [...decodeWav(bytes).channels[0]]

describe('WAV, written and read', () => {
  it('16 bits come back within half a step', () => {
    fc.assert(
      fc.property(samplesArbitrary, (samples) => {
        const { channels, sampleRateHz, truncated } = decodeWav(encodeWav(samples, RATE_HZ))
        expect([sampleRateHz, truncated, channels.length]).toEqual([RATE_HZ, false, 1])
        expect(channels[0].length).toBe(samples.length)
        channels[0].forEach((value, i) => {
          // The top of the range is 32,767 steps.
          expect(Math.abs(value - Math.min(samples[i], 32_767 / 32_768))).toBeLessThanOrEqual(
            0.5 / 32_768 + 1e-9,
          )
        })
      }),
    )
  })

  it('float comes back bit for bit', () => {
    fc.assert(
      fc.property(samplesArbitrary, (samples) => {
        expect(decodeWav(encodeWav(samples, RATE_HZ, 'float32')).channels[0]).toEqual(samples)
      }),
    )
  })

  it('clips, and writes NaN as silence', () => {
    expect(first(encodeWav(Float32Array.of(2, -2, NaN), RATE_HZ))).toEqual([
      Math.fround(32_767 / 32_768),
      -1,
      0,
    ])
  })
})

describe('WAV, as the world writes it', () => {
  it('reads every PCM width, its container at the upper end', () => {
    expect(first(riff(format({ tag: 1, bits: 8 }), chunk('data', [0, 128, 192])))).toEqual([-1, 0, 0.5])
    expect(first(riff(format({ tag: 1, bits: 24 }), chunk('data', [0, 0, 0x80, 0, 0, 0x40])))).toEqual([
      -1, 0.5,
    ])
    expect(first(riff(format({ tag: 1, bits: 32 }), chunk('data', [0, 0, 0, 0xc0])))).toEqual([-0.5])
    expect(first(riff(format({ tag: 1, bits: 24, blockBytes: 4 }), chunk('data', [0, 0, 0, 0xc0])))).toEqual([
      -0.5,
    ])
    expect(first(riff(format({ tag: 1, bits: 12 }), chunk('data', [0, 0x40])))).toEqual([0.5])
  })

  it('reads doubles, A-law and µ-law', () => {
    const double = [...new Uint8Array(Float64Array.of(0.25).buffer)]
    expect(first(riff(format({ tag: 3, bits: 64 }), chunk('data', double)))).toEqual([0.25])
    // G.711: the largest magnitudes are 32,256 and 32,124, the smallest 8 and 0.
    expect(scaled(first(riff(format({ tag: 6, bits: 8 }), chunk('data', [0xaa, 0x2a, 0xd5, 0x55]))))).toEqual(
      [32_256, -32_256, 8, -8],
    )
    expect(scaled(first(riff(format({ tag: 7, bits: 8 }), chunk('data', [0x80, 0x00, 0xff]))))).toEqual([
      32_124, -32_124, 0,
    ])
  })

  it('reads the extensible form, several channels, odd and unknown chunks', () => {
    const extension = [
      ...word(22, 2),
      ...word(16, 2),
      ...word(3, 4),
      ...word(1, 2),
      ...Array<number>(14).fill(0),
    ]
    const bytes = riff(
      chunk('LIST', [1, 2, 3]),
      format({ tag: 0xfffe, channels: 2, bits: 16, extension }),
      chunk('junk', []),
      chunk('data', [0, 0x40, 0, 0xc0, 0, 0x20, 0, 0xe0]),
      chunk('id3 ', [1]),
    )
    expect(decodeWav(bytes).channels.map((samples) => [...samples])).toEqual([
      [0.5, 0.25],
      [-0.5, -0.25],
    ])
  })

  it('reads streams without a length', () => {
    for (const size of [0, 0xffffffff]) {
      const bytes = riff(format({ tag: 1, bits: 16 }), chunk('data', [0, 0x40, 0, 0x20], size))
      expect(first(bytes)).toEqual([0.5, 0.25])
      expect(decodeWav(bytes).truncated).toBe(false)
    }
    expect(first(riff(format({ tag: 1, bits: 16 }), chunk('data', []), chunk('LIST', [1, 2, 3, 4])))).toEqual(
      [],
    )
  })

  it('reads the length of an RF64 file where it stands', () => {
    const unknown = 0xffffffff
    const rf64 = (dataBytes: readonly number[], ds64Bytes = 28) => {
      const lengths = [...word(0, 8), ...dataBytes, ...word(0, 12)].slice(0, ds64Bytes)
      const data = chunk('data', [0, 0x40, 0, 0x20], unknown)
      const body = ascii('WAVE').concat(chunk('ds64', lengths), format({ tag: 1, bits: 16 }), data)
      return decodeWav(Uint8Array.from(chunk('RF64', body.concat(chunk('LIST', [1, 2])), unknown)))
    }
    const whole = rf64(word(4, 8))
    expect([[...whole.channels[0]], whole.truncated]).toEqual([[0.5, 0.25], false])
    const cut = rf64(word(2 ** 33, 8))
    expect([cut.channels[0].length, cut.truncated]).toEqual([7, true])
    // A writer that never came back, and a chunk cut short: all the rest is sound.
    for (const stream of [rf64(word(0, 8)), rf64(Array<number>(8).fill(255)), rf64(word(4, 8), 12)]) {
      expect([stream.channels[0].length, stream.truncated]).toEqual([7, false])
    }
  })

  it('reads what is there of a file cut short', () => {
    const whole = encodeWav(Float32Array.of(0.5, 0.25, -0.5), RATE_HZ)
    const cut = decodeWav(whole.subarray(0, whole.length - 3))
    expect([[...cut.channels[0]], cut.truncated]).toEqual([[0.5], true])
  })

  it('reads a view into a larger buffer', () => {
    const file = encodeWav(Float32Array.of(0.5), RATE_HZ)
    const larger = new Uint8Array(file.length + 7)
    larger.set(file, 7)
    expect(first(larger.subarray(7))).toEqual([0.5])
  })
})

/** `read` or `refused`; anything else is a fault of ours. */
function outcome(bytes: Uint8Array): string {
  try {
    return decodeWav(bytes).channels.every((samples) => samples.length <= bytes.length) ? 'read' : 'too long'
  } catch (thrown) {
    return thrown instanceof ConvergeError ? 'refused' : String(thrown)
  }
}

describe('WAV that can’t be read', () => {
  it.each([
    ['nothing', new Uint8Array(0), /too short/],
    ['FLAC', Uint8Array.from(ascii('fLaC').concat(Array<number>(40).fill(0))), /FLAC/],
    ['text', Uint8Array.from(ascii('hello, this is no sound')), /no WAV/],
    ['no format', riff(chunk('data', [0, 0])), /fmt/],
    ['no data', riff(format({ tag: 1, bits: 16 })), /data/],
    ['ADPCM', riff(format({ tag: 2, bits: 4 }), chunk('data', [0])), /Microsoft ADPCM/],
    ['0 bits', riff(format({ tag: 1, bits: 0, blockBytes: 0 }), chunk('data', [0])), /0 bits/],
    ['0 channels', riff(format({ tag: 1, bits: 16, channels: 0 }), chunk('data', [0])), /0 channels/],
    ['short format', riff(chunk('fmt ', [1, 0])), /cut short/],
  ])('%s: a sentence that says so', (_, bytes, sentence) => {
    expect(() => decodeWav(bytes)).toThrow(sentence)
    expect(() => decodeWav(bytes)).toThrow(ConvergeError)
  })

  it('a thousand damaged files never do worse than a ConvergeError', () => {
    const whole = encodeWav(
      Float32Array.from({ length: 50 }, (_, i) => Math.sin(i)),
      RATE_HZ,
    )
    const change = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255) })
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.nat(whole.length),
        (changes, length) => {
          const damaged = whole.slice()
          for (const { at, value } of changes) damaged[at % 48] = value
          for (const bytes of [damaged, damaged.subarray(0, length)]) {
            expect(outcome(bytes)).toMatch(/^(read|refused)$/)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
